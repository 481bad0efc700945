#include "CKernels.h"

extern const dragoman_kernels dragoman_kernels_baseline, dragoman_kernels_avx512_emulated,
    dragoman_kernels_avx512_bf16_emulated;
#if defined(__x86_64__)
extern const dragoman_kernels dragoman_kernels_avx2, dragoman_kernels_avx512, dragoman_kernels_avx512_bf16;
#endif

const dragoman_kernels *dragoman_kernels_for(dragoman_isa isa) {
#if defined(__x86_64__)
  // __builtin_cpu_supports also asks whether the system saves the registers.
  const int has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const int has_avx512 = has_avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
                         __builtin_cpu_supports("avx512vnni");
  const int has_avx512_bf16 = has_avx512 && __builtin_cpu_supports("avx512bf16");
#endif
  switch (isa) {
  case DRAGOMAN_ISA_BASELINE:
    return &dragoman_kernels_baseline;
  case DRAGOMAN_ISA_AVX512_EMULATED:
    return &dragoman_kernels_avx512_emulated;
  case DRAGOMAN_ISA_AVX512_BF16_EMULATED:
    return &dragoman_kernels_avx512_bf16_emulated;
#if defined(__x86_64__)
  case DRAGOMAN_ISA_AVX2:
    return has_avx2 ? &dragoman_kernels_avx2 : NULL;
  case DRAGOMAN_ISA_AVX512:
    return has_avx512 ? &dragoman_kernels_avx512 : NULL;
  case DRAGOMAN_ISA_AVX512_BF16:
    return has_avx512_bf16 ? &dragoman_kernels_avx512_bf16 : NULL;
#endif
  default:
    return NULL;
  }
}
