// Activations, prepared for products with packed weights. Included by kernels.h only.

// The bits of the largest magnitude; those of infinity and of what is no number are the largest of all.
INLINE int32_t largest_bits(const float *x, size_t n) {
  int_lanes largest = {0};
  for (size_t k = 0; k < n; k += PACKED_LANES) {
    const int_lanes bits = (int_lanes)(n - k < PACKED_LANES ? load_lanes_part(x + k, n - k) : load_lanes(x + k)) & 0x7fffffff;
    const int_lanes more = bits > largest;
    largest = (bits & more) | (largest & ~more);
  }
  int32_t result = 0;
  for (size_t lane = 0; lane < PACKED_LANES; lane++)
    result = largest[lane] > result ? largest[lane] : result;
  return result;
}

// Quantises n elements of a row to -127 ... 127, round to nearest even, and spreads them over the words of a tile of
// `rows` rows. Returns the scale; *correction becomes what undoes the weights' bias.
INLINE float quantise(const float *x, size_t n, size_t rows, int32_t *words, int32_t *correction) {
  const int32_t bits = largest_bits(x, n);
  const float largest = ((union { int32_t i; float f; }){bits}).f;
  // Where a magnitude is no number the scale isn't one either, and so isn't any output. Smaller than the smallest
  // quotient that can be inverted counts as zero.
  const int usable = bits < 0x7f800000 && largest > 1e-30f;
  const float scale = usable ? largest / 127 : bits < 0x7f800000 ? 0 : NAN;
  const lanes inverse = broadcast_lanes(usable ? 127 / largest : 0), shift = broadcast_lanes(12582912.0f);
  const int_lanes keep = broadcast_int(usable ? -1 : 0);
  int_lanes total = {0};
  int32_t products = 0;
  for (size_t k = 0; k < n; k += PACKED_LANES) {
    const lanes v = n - k < PACKED_LANES ? load_lanes_part(x + k, n - k) : load_lanes(x + k);
    const int_lanes q = ((int_lanes)(rounded(v * inverse) + shift) - (int_lanes)shift) & keep;
    total += q;
    int32_t four[PACKED_LANES];
    memcpy(four, &q, sizeof q);
    for (size_t i = 0; i < PACKED_LANES && k + i < n; i += 4, words += rows * INT8_WORDS) {
      int8_store(four + i, words, rows);
      if (INT8_SELF_PRODUCTS)
        products += four[i] * four[i + 1] + four[i + 2] * four[i + 3];
    }
  }
  int32_t sum = 0;
  for (size_t lane = 0; lane < PACKED_LANES; lane++)
    sum += total[lane];
  *correction = -128 * sum - products;
  return scale;
}

static size_t activation_words(dragoman_precision precision, size_t depth) {
  return step_count(precision, depth) * step_words(precision);
}

static void prepare(dragoman_precision precision, const float *x, size_t ldx, size_t rows, size_t depth,
                    const dragoman_activations *out, size_t first_row) {
  const size_t words = activation_words(precision, depth), groups = group_count(depth);
  for (size_t r = 0; r < rows; r += out->tile_rows) {
    const size_t count = rows - r < out->tile_rows ? rows - r : out->tile_rows, row = first_row + r;
    int32_t *tile = out->elements + row * words;
    for (size_t m = 0; m < count; m++) {
      const float *from = x + (r + m) * ldx;
      switch (precision) {
      case DRAGOMAN_FLOAT32:
      case DRAGOMAN_BFLOAT16:
        for (size_t k = 0; k < depth; k++)
          memcpy(tile + k * count + m, from + k, sizeof(float));
        for (size_t k = depth; k < words; k++)
          tile[k * count + m] = 0;
        break;
      case DRAGOMAN_INT8:
        out->scales[row + m] = quantise(from, depth, count, tile + m, out->corrections + row + m);
        break;
      case DRAGOMAN_INT8_GROUPED:
        for (size_t g = 0; g < groups; g++) {
          const size_t k = g * GROUP_DEPTH, at = row * groups + g * count + m;
          out->scales[at] = quantise(from + k, depth - k < GROUP_DEPTH ? depth - k : GROUP_DEPTH, count,
                                     tile + k / 4 * INT8_WORDS * count + m, out->corrections + at);
        }
        break;
      }
    }
  }
}
