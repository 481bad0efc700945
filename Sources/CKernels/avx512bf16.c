#if defined(__x86_64__)
#include <immintrin.h>
#define AVX512 target("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx512bf16")
#pragma clang attribute push(__attribute__((AVX512)), apply_to = function)
#define KERNEL_TABLE dragoman_kernels_avx512_bf16
#define KERNELS_AVX512
#define KERNELS_AVX512_BF16
// As in avx512.c.
#define TILE_ROWS 5
#include "kernels.h"
#pragma clang attribute pop
#endif
