#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define KERNEL_TABLE dragoman_kernels_avx2
#define KERNELS_AVX2
#define TILE_ROWS 5
#define PANEL_ROWS 6
#include "kernels.h"
#pragma clang attribute pop
#endif
