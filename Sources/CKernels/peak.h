// What the processor's multipliers can do at most: loops that touch registers only. Included by kernels.h only.

// Independent chains: more than the multiplications that are in flight at a time on any processor there is, and few
// enough for the registers.
enum { PEAK_CHAINS = 12, PEAK_UNROLLED = 4 };

INLINE size_t peak_of(const dragoman_precision precision, size_t rounds) {
  const size_t parts = step_parts(precision, 0);
  // Small integers, and about one as float32 and as bfloat16.
  const int_lanes weights = broadcast_int(precision == DRAGOMAN_INT8 ? 0x00010001 : 0x3f803f80);
  int_lanes activations = weights, chains[PEAK_CHAINS];
  for (size_t c = 0; c < PEAK_CHAINS; c++)
    chains[c] = broadcast_int(0);
  for (size_t r = 0; r < rounds; r++) {
#pragma clang loop unroll(full)
    for (size_t u = 0; u < PEAK_UNROLLED; u++)
#pragma clang loop unroll(full)
      for (size_t c = 0; c < PEAK_CHAINS; c++) {
        // Hidden from the compiler, which would else compute the product, always the same, but once.
        KEEP_ROUNDED(activations);
        chains[c] = multiply_part(precision, chains[c], weights, activations, parts);
      }
  }
  for (size_t c = 0; c < PEAK_CHAINS; c++)
    KEEP_ROUNDED(chains[c]);
  return rounds * PEAK_UNROLLED * PEAK_CHAINS * PACKED_LANES * (step_depth(precision) / parts) * 2;
}

static size_t peak(dragoman_precision precision, size_t rounds) {
  switch (precision) {
  case DRAGOMAN_FLOAT32:
    return peak_of(DRAGOMAN_FLOAT32, rounds);
  case DRAGOMAN_BFLOAT16:
    return peak_of(DRAGOMAN_BFLOAT16, rounds);
  default:
    return peak_of(DRAGOMAN_INT8, rounds);
  }
}
