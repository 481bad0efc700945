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

INLINE void add_scaled(float factor, const float *x, size_t n, float *y) {
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    store(y + i, load(y + i) + broadcast(factor) * load(x + i));
  for (; i < n; i++)
    y[i] += factor * x[i];
}

static void attend(const float *q, const float *const *keys, const float *const *values, size_t positions,
                   size_t heads, size_t head_dim, float scale, float *weights, float *out) {
  for (size_t h = 0; h < heads; h++) {
    const size_t offset = h * head_dim;
    for (size_t t = 0; t < positions; t++)
      weights[t] = dot(q + offset, keys[t] + offset, head_dim);
    softmax_row(weights, positions, scale);
    memset(out + offset, 0, head_dim * sizeof(float));
    for (size_t t = 0; t < positions; t++)
      add_scaled(weights[t], values[t] + offset, head_dim, out + offset);
  }
}
