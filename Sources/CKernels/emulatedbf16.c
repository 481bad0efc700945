#define KERNEL_TABLE dragoman_kernels_avx512_bf16_emulated
#define KERNELS_AVX512_EMULATED
#define KERNELS_AVX512_BF16
#define TILE_ROWS 3
#include "kernels.h"
