// What the processor's multipliers can do at most: loops that touch registers only. Included by kernels.h only.

// Independent chains: more than the multiplications that are in flight at a time on any processor there is, and few
// enough for the registers.
enum { PEAK_CHAINS = 12, PEAK_UNROLLED = 4 };

static size_t peak_float32(size_t rounds) {
  const lanes factor = broadcast_lanes(0.5f), term = broadcast_lanes(1.0f);
  lanes chains[PEAK_CHAINS];
  for (size_t c = 0; c < PEAK_CHAINS; c++)
    chains[c] = term;
  for (size_t r = 0; r < rounds; r++) {
#pragma clang loop unroll(full)
    for (size_t u = 0; u < PEAK_UNROLLED; u++)
#pragma clang loop unroll(full)
      for (size_t c = 0; c < PEAK_CHAINS; c++)
        chains[c] = fused(chains[c], factor, term);
  }
  for (size_t c = 0; c < PEAK_CHAINS; c++)
    KEEP_ROUNDED(chains[c]);
  return rounds * PEAK_UNROLLED * PEAK_CHAINS * PACKED_LANES * 2;
}

static size_t peak_int8(size_t rounds) {
  int_lanes weights = broadcast_int(0x00010001), activations = broadcast_int(0x00010001), chains[PEAK_CHAINS];
  for (size_t c = 0; c < PEAK_CHAINS; c++)
    chains[c] = broadcast_int((int32_t)c);
  for (size_t r = 0; r < rounds; r++) {
#pragma clang loop unroll(full)
    for (size_t u = 0; u < PEAK_UNROLLED; u++)
#pragma clang loop unroll(full)
      for (size_t c = 0; c < PEAK_CHAINS; c++) {
        // Hidden from the compiler, which would else compute the product, always the same, but once.
        KEEP_ROUNDED(activations);
        chains[c] = int8_dot(chains[c], weights, activations);
      }
  }
  for (size_t c = 0; c < PEAK_CHAINS; c++)
    KEEP_ROUNDED(chains[c]);
  return rounds * PEAK_UNROLLED * PEAK_CHAINS * PACKED_LANES * (4 / INT8_PARTS) * 2;
}
