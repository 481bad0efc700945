#include "CKernels.h"

extern const dragoman_kernels dragoman_kernels_baseline;
#if defined(__x86_64__)
extern const dragoman_kernels dragoman_kernels_avx2;
#endif

const dragoman_kernels *dragoman_kernels_for(dragoman_isa isa) {
  switch (isa) {
  case DRAGOMAN_ISA_BASELINE:
    return &dragoman_kernels_baseline;
  case DRAGOMAN_ISA_AVX2:
#if defined(__x86_64__)
    // __builtin_cpu_supports also asks whether the system saves the registers.
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
      return &dragoman_kernels_avx2;
#endif
    return NULL;
  }
  return NULL;
}
