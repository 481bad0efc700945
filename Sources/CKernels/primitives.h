// The few operations of the packed products that differ between instruction sets. Included by kernels.h only.
//
// One of KERNELS_AVX512, KERNELS_AVX512_EMULATED and KERNELS_AVX2 may be defined; without them this is what every
// processor of the architecture has. All variants give the same integers; only `fused` rounds differently. With either
// of the first two KERNELS_AVX512_BF16 may be defined: activations for bfloat16 weights are then bfloat16 too.
#if defined(KERNELS_AVX512) || defined(KERNELS_AVX512_EMULATED)
#define PACKED_LANES 16
#define PACKED_VECTORS 2     // of a strip: the columns of a register tile
#define FLOAT32_TILE_ROWS 12 // rows of a register tile
#define WIDENED_TILE_ROWS 12 // the same for weights that are widened first
#define GROUPED_TILE_ROWS 8  // the same for scales of groups, which take registers too
#define INT8_PARTS 1         // multiplications for four bytes
#elif defined(KERNELS_AVX2)
#define PACKED_LANES 8
#define PACKED_VECTORS 2
#define FLOAT32_TILE_ROWS 6
#define WIDENED_TILE_ROWS 5
#define GROUPED_TILE_ROWS 5
#define INT8_PARTS 2
#elif defined(__aarch64__)
#define PACKED_LANES 4
#define PACKED_VECTORS 4
#define FLOAT32_TILE_ROWS 6
#define WIDENED_TILE_ROWS 5
#define GROUPED_TILE_ROWS 5
#define INT8_PARTS 2
#else
#define PACKED_LANES 4
#define PACKED_VECTORS 2
#define FLOAT32_TILE_ROWS 6
#define WIDENED_TILE_ROWS 5
#define GROUPED_TILE_ROWS 5
#define INT8_PARTS 2
#endif

// Multiplications for the two bfloat16 of a step, and words of prepared activations: with one both are bfloat16 pairs,
// with two weights are widened and activations float32.
#if defined(KERNELS_AVX512_BF16)
#define BFLOAT16_PARTS 1
#else
#define BFLOAT16_PARTS 2
#endif

typedef float lanes __attribute__((vector_size(PACKED_LANES * 4), aligned(4)));
typedef int32_t int_lanes __attribute__((vector_size(PACKED_LANES * 4), aligned(4)));
typedef uint32_t bit_lanes __attribute__((vector_size(PACKED_LANES * 4), aligned(4)));
typedef uint16_t half_lanes __attribute__((vector_size(PACKED_LANES * 4), aligned(4)));
typedef uint16_t short_lanes __attribute__((vector_size(PACKED_LANES * 2), aligned(2)));
typedef float four_floats __attribute__((vector_size(16)));
typedef int32_t four_ints __attribute__((vector_size(16)));

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

// Adds the products of two pairs of bfloat16 to each sum: that of the upper halves first, each in one rounding, as
// vdpbf16ps does. Within float32's range such products are exact, so that it makes no difference where `fused` rounds
// twice. What does: vdpbf16ps takes numbers below 2^-126 as zero, and gives zero for them.
INLINE lanes bfloat16_dot(lanes sums, int_lanes weights, int_lanes activations) {
#if defined(KERNELS_AVX512) && defined(KERNELS_AVX512_BF16)
  return _mm512_dpbf16_ps(sums, (__m512bh)weights, (__m512bh)activations);
#else
  const int32_t upper = (int32_t)0xffff0000;
  sums = fused((lanes)(weights & upper), (lanes)(activations & upper), sums);
  return fused((lanes)(weights << 16), (lanes)(activations << 16), sums);
#endif
}

// x as it is, and no multiplication in it that the compiler may fuse with an addition after it: where instruction sets
// must agree to the bit.
#if defined(KERNELS_AVX512_EMULATED)
#define KEEP_ROUNDED(X) __asm__("" : "+m"(X))
#elif defined(__x86_64__)
#define KEEP_ROUNDED(X) __asm__("" : "+x"(X))
#else
#define KEEP_ROUNDED(X) __asm__("" : "+w"(X))
#endif
INLINE lanes rounded(lanes x) {
  KEEP_ROUNDED(x);
  return x;
}
INLINE four_floats rounded_four(four_floats x) {
  KEEP_ROUNDED(x);
  return x;
}

// Weights are bytes 0 ... 255 and activations bytes -127 ... 127, four of each in a lane. With one part they are
// multiplied as they are; with two, widened to 16 bits, the first part is bytes 0 and 2 and the second bytes 1 and 3.
// vpmaddwd is exact and, measured, no slower than the multiplication of bytes, which needs their signs moved first.
// int8_activations has the word for each part in the lane of its number.
#if INT8_PARTS == 1
INLINE int_lanes int8_weights(int_lanes packed, const size_t part) {
  (void)part;
  return packed;
}
INLINE four_ints int8_activations(four_ints a) {
  a &= 255;
  a |= __builtin_shufflevector(a, a, 1, 1, 3, 3) << 8;
  return a | __builtin_shufflevector(a, a, 2, 2, 2, 2) << 16;
}
INLINE int_lanes int8_dot(int_lanes sums, int_lanes weights, int_lanes activations) {
#if defined(KERNELS_AVX512)
  return (int_lanes)_mm512_dpbusd_epi32((__m512i)sums, (__m512i)weights, (__m512i)activations);
#else
  for (int shift = 0; shift < 32; shift += 8)
    sums += (int_lanes)((bit_lanes)weights >> shift & 255) * (activations << (24 - shift) >> 24);
  return sums;
#endif
}
#else
INLINE int_lanes int8_weights(int_lanes packed, const size_t part) {
  return part ? (int_lanes)((half_lanes)packed >> 8) : (packed & 0x00ff00ff);
}
INLINE four_ints int8_activations(four_ints a) {
  return (a & 0xffff) | __builtin_shufflevector(a, a, 2, 3, 2, 3) << 16;
}
INLINE int_lanes int8_dot(int_lanes sums, int_lanes weights, int_lanes activations) {
#if defined(KERNELS_AVX2)
  return sums + (int_lanes)_mm256_madd_epi16((__m256i)weights, (__m256i)activations);
#elif defined(__SSE2__)
  return sums + (int_lanes)_mm_madd_epi16((__m128i)weights, (__m128i)activations);
#else
  return sums + (weights & 0xffff) * (activations << 16 >> 16) + (weights >> 16) * (activations >> 16);
#endif
}
#endif
