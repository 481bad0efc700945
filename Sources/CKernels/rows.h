// Normalisation, softmax and activations. Included by kernels.h only.

static void layer_norm(const float *x, size_t rows, size_t n, const float *weight, const float *bias, float epsilon,
                       float *y) {
  const size_t whole = n - n % LANES, rest = n - whole;
  for (size_t r = 0; r < rows; r++, x += n, y += n) {
    vector total = broadcast(0);
    for (size_t i = 0; i < whole; i += LANES)
      total += load(x + i);
    if (rest)
      total += load_part(x + whole, rest);
    const vector mean = broadcast(sum(total) / n);

    vector squares = broadcast(0);
    for (size_t i = 0; i < whole; i += LANES) {
      const vector d = load(x + i) - mean;
      squares += d * d;
    }
    float square = sum(squares);
    for (size_t i = whole; i < n; i++)
      square += (x[i] - mean[0]) * (x[i] - mean[0]);
    const vector inverse = broadcast(1.0f / sqrtf(square / n + epsilon));

    for (size_t i = 0; i < whole; i += LANES)
      store(y + i, (load(x + i) - mean) * inverse * load(weight + i) + load(bias + i));
    if (rest)
      store_part(y + whole,
                 (load_part(x + whole, rest) - mean) * inverse * load_part(weight + whole, rest) +
                     load_part(bias + whole, rest),
                 rest);
  }
}

static float maximum(const float *x, size_t n) {
  float result = -INFINITY;
  size_t i = 0;
  if (n >= LANES) {
    vector m = load(x);
    for (i = LANES; i + LANES <= n; i += LANES)
      m = larger(m, load(x + i));
    for (size_t lane = 0; lane < LANES; lane++)
      result = m[lane] > result ? m[lane] : result;
  }
  for (; i < n; i++)
    result = x[i] > result ? x[i] : result;
  return result;
}

static float sum_exp(const float *x, size_t n, float maximum) {
  const vector m = broadcast(maximum);
  vector total = broadcast(0);
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    total += exponential(load(x + i) - m);
  float result = sum(total);
  if (i < n) {
    const vector last = exponential(load_part(x + i, n - i) - m);
    for (size_t lane = 0; lane < n - i; lane++)
      result += last[lane];
  }
  return result;
}

static size_t first_above(const float *x, size_t n, float threshold) {
  const vector t = broadcast(threshold);
  size_t i = 0;
  for (; i + 4 * LANES <= n; i += 4 * LANES) {
    const vector_int above = (load(x + i) > t) | (load(x + i + LANES) > t) | (load(x + i + 2 * LANES) > t) |
                             (load(x + i + 3 * LANES) > t);
    if (__builtin_reduce_or(above))
      break;
  }
  while (i < n && !(x[i] > threshold))
    i++;
  return i;
}

INLINE void softmax_row(float *x, size_t n, float scale) {
  const vector factor = broadcast(scale), m = broadcast(maximum(x, n) * scale);
  vector total = broadcast(0);
  size_t i = 0;
  for (; i + LANES <= n; i += LANES) {
    const vector e = exponential(load(x + i) * factor - m);
    total += e;
    store(x + i, e);
  }
  float all = sum(total);
  if (i < n) {
    const vector e = exponential(load_part(x + i, n - i) * factor - m);
    for (size_t lane = 0; lane < n - i; lane++)
      all += e[lane];
    store_part(x + i, e, n - i);
  }
  const vector inverse = broadcast(1.0f / all);
  for (i = 0; i + LANES <= n; i += LANES)
    store(x + i, load(x + i) * inverse);
  if (i < n)
    store_part(x + i, load_part(x + i, n - i) * inverse, n - i);
}

static void softmax(float *x, size_t rows, size_t columns, size_t ld, float scale) {
  for (size_t r = 0; r < rows; r++)
    softmax_row(x + r * ld, columns, scale);
}

#define ELEMENTWISE(NAME, EXPRESSION)                                                                                  \
  INLINE vector NAME##_lanes(vector v) { return EXPRESSION; }                                                          \
  static void NAME(float *x, size_t n) {                                                                               \
    size_t i = 0;                                                                                                      \
    for (; i + LANES <= n; i += LANES)                                                                                 \
      store(x + i, NAME##_lanes(load(x + i)));                                                                         \
    if (i < n)                                                                                                         \
      store_part(x + i, NAME##_lanes(load_part(x + i, n - i)), n - i);                                                 \
  }

ELEMENTWISE(gelu, broadcast(0.5f) * v * (broadcast(1) + error_function(v * broadcast(0.70710678f))))
// tanh(u) = 2 sigmoid(2u) - 1, so 0.5 x (1 + tanh(u)) = x sigmoid(2u).
ELEMENTWISE(gelu_tanh, v *sigmoid(broadcast(2 * 0.79788456f) * (v + broadcast(0.044715f) * v * v * v)))
ELEMENTWISE(silu, v *sigmoid(v))
ELEMENTWISE(relu, larger(v, broadcast(0)))

static void gated(const float *x, size_t rows, size_t columns, float *out) {
  for (size_t r = 0; r < rows; r++, x += 2 * columns, out += columns) {
    size_t i = 0;
    for (; i + LANES <= columns; i += LANES)
      store(out + i, load(x + i) * sigmoid(load(x + columns + i)));
    if (i < columns)
      store_part(out + i, load_part(x + i, columns - i) * sigmoid(load_part(x + columns + i, columns - i)),
                 columns - i);
  }
}
