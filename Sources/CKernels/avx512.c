#if defined(__x86_64__)
#include <immintrin.h>
#define AVX512 target("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")
#pragma clang attribute push(__attribute__((AVX512)), apply_to = function)
#define KERNEL_TABLE dragoman_kernels_avx512
#define KERNELS_AVX512
// Kernels of eight lanes keep the tiles that suit AVX2; thirty-two registers don't slow them down.
#define TILE_ROWS 5
#include "kernels.h"
#pragma clang attribute pop
#endif
