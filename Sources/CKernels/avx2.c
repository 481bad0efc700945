#if defined(__x86_64__)
#include <immintrin.h>
// Scheduled for a processor whose model, unlike the generic one, keeps the tiles' sums in registers.
#pragma clang attribute push(__attribute__((target("avx2,fma,tune=znver2"))), apply_to = function)
#define KERNEL_TABLE dragoman_kernels_avx2
#define KERNELS_AVX2
#define TILE_ROWS 5
#include "kernels.h"
#pragma clang attribute pop
#endif
