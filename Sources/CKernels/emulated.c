#define KERNEL_TABLE dragoman_kernels_avx512_emulated
#define KERNELS_AVX512_EMULATED
#define TILE_ROWS 3
#include "kernels.h"
