// Attention of a single query. Included by kernels.h only.

INLINE float dot(const float *a, const float *b, size_t n) {
  vector total = broadcast(0);
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    total += load(a + i) * load(b + i);
  if (i < n)
    total += load_part(a + i, n - i) * load_part(b + i, n - i);
  return sum(total);
}

// The scores of four positions at a time share the query's loads; each is the chain that `dot` computes.
INLINE void attention_scores(const float *q, const float *const *keys, size_t offset, size_t positions, size_t n,
                             float *scores) {
  size_t t = 0;
  for (; t + 4 <= positions; t += 4) {
    const float *a = keys[t] + offset, *b = keys[t + 1] + offset, *c = keys[t + 2] + offset, *d = keys[t + 3] + offset;
    vector sums[4] = {broadcast(0), broadcast(0), broadcast(0), broadcast(0)};
    size_t i = 0;
    for (; i + LANES <= n; i += LANES) {
      const vector query = load(q + i);
      sums[0] += query * load(a + i);
      sums[1] += query * load(b + i);
      sums[2] += query * load(c + i);
      sums[3] += query * load(d + i);
    }
    if (i < n) {
      const vector query = load_part(q + i, n - i);
      sums[0] += query * load_part(a + i, n - i);
      sums[1] += query * load_part(b + i, n - i);
      sums[2] += query * load_part(c + i, n - i);
      sums[3] += query * load_part(d + i, n - i);
    }
    for (size_t j = 0; j < 4; j++)
      scores[t + j] = sum(sums[j]);
  }
  for (; t < positions; t++)
    scores[t] = dot(q, keys[t] + offset, n);
}

// `vectors` vectors of the weighted sum of the values, in registers over all positions.
INLINE void weighted_sum(const size_t vectors, const float *weights, const float *const *values, size_t offset,
                         size_t positions, float *out) {
  vector sums[8];
#pragma clang loop unroll(full)
  for (size_t v = 0; v < vectors; v++)
    sums[v] = broadcast(0);
  for (size_t t = 0; t < positions; t++) {
    const vector weight = broadcast(weights[t]);
    const float *value = values[t] + offset;
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++)
      sums[v] += weight * load(value + v * LANES);
  }
#pragma clang loop unroll(full)
  for (size_t v = 0; v < vectors; v++)
    store(out + v * LANES, sums[v]);
}

static void attend(const float *q, const float *const *keys, const float *const *values, size_t positions,
                   size_t heads, size_t head_dim, float scale, float *weights, float *out) {
  for (size_t h = 0; h < heads; h++) {
    const size_t offset = h * head_dim;
    attention_scores(q + offset, keys, offset, positions, head_dim, weights);
    softmax_row(weights, positions, scale);
    size_t i = 0;
    for (; i + 8 * LANES <= head_dim; i += 8 * LANES)
      weighted_sum(8, weights, values, offset + i, positions, out + offset + i);
    for (; i + LANES <= head_dim; i += LANES)
      weighted_sum(1, weights, values, offset + i, positions, out + offset + i);
    for (; i < head_dim; i++) {
      float total = 0;
      for (size_t t = 0; t < positions; t++)
        total += weights[t] * values[t][offset + i];
      out[offset + i] = total;
    }
  }
}
