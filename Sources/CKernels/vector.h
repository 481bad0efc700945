// Eight-lane vectors and the elementary functions on them. Included by kernels.h only.

#define LANES 8
#define INLINE static inline __attribute__((always_inline))

typedef float vector __attribute__((vector_size(LANES * sizeof(float))));
typedef int32_t vector_int __attribute__((vector_size(LANES * sizeof(float))));

INLINE vector load(const float *p) {
  vector v;
  memcpy(&v, p, sizeof v);
  return v;
}
INLINE void store(float *p, vector v) { memcpy(p, &v, sizeof v); }
INLINE vector broadcast(float x) { return (vector){x, x, x, x, x, x, x, x}; }

// The first n < LANES elements, then zeros.
INLINE vector load_part(const float *p, size_t n) {
  vector v = broadcast(0);
  memcpy(&v, p, n * sizeof(float));
  return v;
}
INLINE void store_part(float *p, vector v, size_t n) { memcpy(p, &v, n * sizeof(float)); }

INLINE float sum(vector v) { return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7])); }
// Lanes of a where the mask is set, else of b.
INLINE vector choose(vector_int mask, vector a, vector b) {
  return (vector)(((vector_int)a & mask) | ((vector_int)b & ~mask));
}
// With a constant as first operand these let NaN through.
INLINE vector larger(vector a, vector b) { return choose(a > b, a, b); }
INLINE vector smaller(vector a, vector b) { return choose(a < b, a, b); }

// exp(x): x = n ln 2 + r with |r| <= ln 2 / 2, then a degree-7 Taylor series of r; relative error below 2e-7.
// Arguments below -87.3 give 0, those above 88 are taken as 88.
INLINE vector exponential(vector x) {
  const vector_int zero = broadcast(-87.3f) > x;
  x = smaller(broadcast(88.0f), larger(broadcast(-87.3f), x));
  const vector shift = broadcast(12582912.0f); // 1.5 * 2^23: adding it rounds to the nearest integer
  vector n = x * broadcast(1.44269504f) + shift;
  const vector_int bits = (vector_int)n;
  n = n - shift;
  // ln 2 in two parts, so that the reduction is exact enough.
  const vector r = (x - n * broadcast(0.693359375f)) + n * broadcast(2.12194440e-4f);
  vector p = broadcast(1.0f / 5040);
  p = p * r + broadcast(1.0f / 720);
  p = p * r + broadcast(1.0f / 120);
  p = p * r + broadcast(1.0f / 24);
  p = p * r + broadcast(1.0f / 6);
  p = p * r + broadcast(0.5f);
  p = p * r + broadcast(1.0f);
  p = p * r + broadcast(1.0f);
  // 2^n through the exponent field; the low bits of `bits` hold n.
  const vector scale = (vector)((bits << 23) + (vector_int)broadcast(1.0f));
  p = p * scale;
  return (vector)((vector_int)p & ~zero);
}

INLINE vector sigmoid(vector x) { return broadcast(1) / (broadcast(1) + exponential(-x)); }

// erf(x) = x P(x^2) / Q(x^2) on [-4, 4], where it has reached one in float32. Rational minimax coefficients as they are
// used throughout the field (Eigen, XLA); absolute error below 2e-7.
INLINE vector error_function(vector x) {
  x = smaller(broadcast(4), larger(broadcast(-4), x));
  const vector s = x * x;
  vector p = broadcast(-2.72614225801306e-10f);
  p = p * s + broadcast(2.77068142495902e-08f);
  p = p * s + broadcast(-2.10102402082508e-06f);
  p = p * s + broadcast(-5.69250639462346e-05f);
  p = p * s + broadcast(-7.34990630326855e-04f);
  p = p * s + broadcast(-2.95459980854025e-03f);
  p = p * s + broadcast(-1.60960333262415e-02f);
  vector q = broadcast(-1.45660718464996e-05f);
  q = q * s + broadcast(-2.13374055278905e-04f);
  q = q * s + broadcast(-1.68282697438203e-03f);
  q = q * s + broadcast(-7.37332916720468e-03f);
  q = q * s + broadcast(-1.42647390514189e-02f);
  return x * p / q;
}
