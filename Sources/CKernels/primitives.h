// The few operations of the packed products that differ between instruction sets. Included by kernels.h only.
//
// One of KERNELS_AVX512, KERNELS_AVX512_EMULATED and KERNELS_AVX2 may be defined; without them this is what every
// processor of the architecture has. All variants give the same integers; only `fused` rounds differently.
#if defined(KERNELS_AVX512) || defined(KERNELS_AVX512_EMULATED)
#define PACKED_LANES 16
#define PACKED_VECTORS 2     // of a strip: the columns of a register tile
#define FLOAT_TILE_ROWS 12   // rows of a register tile
#define INT8_TILE_ROWS 12
#define INT8_WORDS 1         // words that hold four activations
#elif defined(KERNELS_AVX2)
#define PACKED_LANES 8
#define PACKED_VECTORS 2
#define FLOAT_TILE_ROWS 6
#define INT8_TILE_ROWS 4
#define INT8_WORDS 2
#elif defined(__aarch64__)
#define PACKED_LANES 4
#define PACKED_VECTORS 4
#define FLOAT_TILE_ROWS 6
#define INT8_TILE_ROWS 4
#define INT8_WORDS 2
#else
#define PACKED_LANES 4
#define PACKED_VECTORS 2
#define FLOAT_TILE_ROWS 6
#define INT8_TILE_ROWS 4
#define INT8_WORDS 2
#endif

typedef float lanes __attribute__((vector_size(PACKED_LANES * 4), aligned(4)));
typedef int32_t int_lanes __attribute__((vector_size(PACKED_LANES * 4), aligned(4)));
typedef uint32_t bit_lanes __attribute__((vector_size(PACKED_LANES * 4), aligned(4)));
typedef uint16_t half_lanes __attribute__((vector_size(PACKED_LANES * 4), aligned(4)));

// a * b + c in one rounding where the processor can.
INLINE lanes fused(lanes a, lanes b, lanes c) {
#if defined(KERNELS_AVX512)
  return _mm512_fmadd_ps(a, b, c);
#elif defined(KERNELS_AVX2)
  return _mm256_fmadd_ps(a, b, c);
#elif defined(__aarch64__) && !defined(KERNELS_AVX512_EMULATED)
  return vfmaq_f32(c, a, b);
#else
  return a * b + c;
#endif
}

// x as it is, and no multiplication in it that the compiler may fuse with an addition after it: where instruction sets
// must agree to the bit.
INLINE lanes rounded(lanes x) {
#if defined(KERNELS_AVX512_EMULATED)
  __asm__("" : "+m"(x));
#elif defined(__x86_64__)
  __asm__("" : "+x"(x));
#elif defined(__aarch64__)
  __asm__("" : "+w"(x));
#endif
  return x;
}

// Weights are bytes 0 ... 255 and activations bytes -127 ... 127, four of each in a lane, w0 ... w3 and a0 ... a3.
// int8_dot adds their products to the sums, and, if INT8_SELF_PRODUCTS, also w0 w1 + w2 w3 and a0 a1 + a2 a3.
#if INT8_WORDS == 1
#define INT8_SELF_PRODUCTS 0
typedef int_lanes int8_lanes;

INLINE int8_lanes int8_weights(int_lanes packed) { return packed; }
INLINE int8_lanes int8_activations(const int32_t *words, size_t stride) {
  (void)stride;
  return (int_lanes){0} + words[0];
}
INLINE void int8_store(const int32_t a[4], int32_t *words, size_t stride) {
  (void)stride;
  words[0] = (a[0] & 255) | (a[1] & 255) << 8 | (a[2] & 255) << 16 | (int32_t)((uint32_t)a[3] << 24);
}
INLINE int_lanes int8_dot(int_lanes sums, int8_lanes weights, int8_lanes activations) {
#if defined(KERNELS_AVX512)
  return (int_lanes)_mm512_dpbusd_epi32((__m512i)sums, (__m512i)weights, (__m512i)activations);
#else
  for (int shift = 0; shift < 32; shift += 8)
    sums += (int_lanes)((bit_lanes)weights >> shift & 255) * (activations << (24 - shift) >> 24);
  return sums;
#endif
}
#else
// Without an instruction for four bytes, multiplications are what there is too little of. Winograd's identity
// (w0 + a1) (w1 + a0) = w0 a0 + w1 a1 + w0 w1 + a0 a1
// halves them; the last two terms are sums over a column and over a row alone.
#define INT8_SELF_PRODUCTS 1
typedef struct {
  int_lanes even, odd; // sixteen bits each: w0 and w2, w1 and w3; a1 and a3, a0 and a2
} int8_lanes;

INLINE int8_lanes int8_weights(int_lanes packed) {
  return (int8_lanes){packed & 0x00ff00ff, (int_lanes)((half_lanes)packed >> 8)};
}
INLINE int8_lanes int8_activations(const int32_t *words, size_t stride) {
  return (int8_lanes){(int_lanes){0} + words[0], (int_lanes){0} + words[stride]};
}
INLINE void int8_store(const int32_t a[4], int32_t *words, size_t stride) {
  words[0] = (a[1] & 0xffff) | (int32_t)((uint32_t)a[3] << 16);
  words[stride] = (a[0] & 0xffff) | (int32_t)((uint32_t)a[2] << 16);
}
// The sums of products of neighbouring 16-bit numbers.
INLINE int_lanes multiply_pairs(int_lanes a, int_lanes b) {
#if defined(KERNELS_AVX2)
  return (int_lanes)_mm256_madd_epi16((__m256i)a, (__m256i)b);
#elif defined(__SSE2__)
  return (int_lanes)_mm_madd_epi16((__m128i)a, (__m128i)b);
#else
  return (a << 16 >> 16) * (b << 16 >> 16) + (a >> 16) * (b >> 16);
#endif
}
INLINE int_lanes int8_dot(int_lanes sums, int8_lanes weights, int8_lanes activations) {
  return sums + multiply_pairs((int_lanes)((half_lanes)weights.even + (half_lanes)activations.even),
                               (int_lanes)((half_lanes)weights.odd + (half_lanes)activations.odd));
}
INLINE int_lanes int8_self_products(int8_lanes weights) { return multiply_pairs(weights.even, weights.odd); }
#endif
