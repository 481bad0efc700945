// Activations, prepared for products with packed weights. Included by kernels.h only.

// The bits of the largest magnitude; those of infinity and of what is no number are the largest of all.
INLINE int32_t largest_bits(const float *x, size_t n) {
  int_lanes largest = {0};
  for (size_t k = 0; k < n; k += PACKED_LANES) {
    const int_lanes bits = (int_lanes)load_lanes_part(x + k, n - k) & 0x7fffffff;
    const int_lanes more = bits > largest;
    largest = (bits & more) | (largest & ~more);
  }
  int32_t result = 0;
  for (size_t lane = 0; lane < PACKED_LANES; lane++)
    result = largest[lane] > result ? largest[lane] : result;
  return result;
}

// How elements that share a scale are quantised.
typedef struct {
  float scale, inverse;
  int32_t keep; // the bits of the integers that count: none if the elements are too small, or are no numbers
} quantiser;

INLINE quantiser quantiser_for(const float *x, size_t n) {
  const union {
    int32_t bits;
    float magnitude;
  } largest = {largest_bits(x, n)};
  // Where an element is no number the scale isn't one either, and so isn't any output.
  if (largest.bits >= 0x7f800000)
    return (quantiser){NAN, 0, 0};
  // What is too small to be inverted counts as zero.
  if (largest.magnitude < 1e-30f)
    return (quantiser){0, 0, 0};
  return (quantiser){largest.magnitude / 127, 127 / largest.magnitude, -1};
}

// Quantises n elements of a row to -127 ... 127, round to nearest even, and spreads them over the words of a tile of
// `rows` rows; returns the sum of the integers.
INLINE int32_t quantise(const float *x, size_t n, quantiser how, size_t rows, int32_t *words) {
  const four_floats inverse = (four_floats){0} + how.inverse, shift = (four_floats){0} + 12582912.0f;
  four_ints total = {0};
  for (size_t k = 0; k < n; k += 4) {
    four_floats v = {0};
    if (n - k >= 4)
      memcpy(&v, x + k, sizeof v);
    else
      memcpy(&v, x + k, (n - k) * sizeof(float));
    // Adding 1.5 * 2^23 rounds to the nearest integer and leaves it in the low bits.
    const four_ints q = ((four_ints)(rounded_four(v * inverse) + shift) - (four_ints)shift) & how.keep;
    total += q;
    const four_ints packed = int8_activations(q);
    for (size_t part = 0; part < INT8_PARTS; part++, words += rows)
      *words = packed[part];
  }
  return total[0] + total[1] + total[2] + total[3];
}

// Quantises a tile of rows with a scale for every `span` elements. All rows go through a few elements before the next,
// so that the tile is written once.
static void quantise_tile(const float *x, size_t ldx, size_t rows, size_t depth, size_t span, int32_t *words,
                          float *scales, int32_t *corrections) {
  quantiser how[TILE_ROWS_MAX];
  for (size_t first = 0; first < depth; first += span, scales += rows, corrections += rows) {
    const size_t end = depth - first < span ? depth : first + span;
    for (size_t m = 0; m < rows; m++) {
      how[m] = quantiser_for(x + m * ldx + first, end - first);
      scales[m] = how[m].scale;
      corrections[m] = 0;
    }
    for (size_t k = first; k < end; k += GROUP_DEPTH) {
      const size_t n = end - k < GROUP_DEPTH ? end - k : GROUP_DEPTH;
      for (size_t m = 0; m < rows; m++)
        corrections[m] -= 128 * quantise(x + m * ldx + k, n, how[m], rows, words + m);
      words += GROUP_STEPS * INT8_PARTS * rows;
    }
  }
}

// A tile of rows as they are.
static void float32_tile(const float *x, size_t ldx, size_t rows, size_t depth, int32_t *words) {
  for (size_t k = 0; k < depth; k++)
    for (size_t m = 0; m < rows; m++)
      memcpy(words + k * rows + m, x + m * ldx + k, sizeof(float));
}

#if BFLOAT16_PARTS == 1
// Rounds to bfloat16, to nearest even; what is no number stays none.
INLINE short_lanes bfloat16_lanes(lanes x) {
  const bit_lanes bits = (bit_lanes)x, none = (bit_lanes)(x != x);
  const bit_lanes nearest = bits + 0x7fff + (bits >> 16 & 1), quiet = bits | 0x400000;
  return __builtin_convertvector(((nearest & ~none) | (quiet & none)) >> 16, short_lanes);
}

// Rounds n elements of a row, and spreads pairs of them over the words of a tile of `rows` rows.
INLINE void pair(const float *x, size_t n, size_t rows, int32_t *words) {
  for (size_t k = 0; k < n; k += PACKED_LANES) {
    const short_lanes halves = bfloat16_lanes(load_lanes_part(x + k, n - k));
    int32_t pairs[PACKED_LANES / 2];
    memcpy(pairs, &halves, sizeof pairs);
    for (size_t i = 0; i < PACKED_LANES / 2 && k + 2 * i < n; i++, words += rows)
      *words = pairs[i];
  }
}
#endif

// A tile of rows for weights in bfloat16: in pairs, or as float32 with the odd one filled up.
static void bfloat16_tile(const float *x, size_t ldx, size_t rows, size_t depth, int32_t *words) {
#if BFLOAT16_PARTS == 1
  // As in quantise_tile.
  for (size_t k = 0; k < depth; k += GROUP_DEPTH, words += GROUP_DEPTH / 2 * rows)
    for (size_t m = 0; m < rows; m++)
      pair(x + m * ldx + k, depth - k < GROUP_DEPTH ? depth - k : GROUP_DEPTH, rows, words + m);
#else
  float32_tile(x, ldx, rows, depth, words);
  memset(words + depth * rows, 0, depth % 2 * rows * sizeof(float));
#endif
}

static size_t activation_words(dragoman_precision precision, size_t depth) {
  return step_count(precision, depth) * step_parts(precision, 0);
}

static void prepare(dragoman_precision precision, const float *x, size_t ldx, size_t rows, size_t depth,
                    const dragoman_activations *out, size_t first_row) {
  const size_t words = activation_words(precision, depth), groups = group_count(depth);
  for (size_t r = 0; r < rows; r += out->tile_rows, x += out->tile_rows * ldx) {
    const size_t count = rows - r < out->tile_rows ? rows - r : out->tile_rows, row = first_row + r;
    int32_t *tile = out->elements + row * words;
    switch (precision) {
    case DRAGOMAN_FLOAT32:
      float32_tile(x, ldx, count, depth, tile);
      break;
    case DRAGOMAN_BFLOAT16:
      bfloat16_tile(x, ldx, count, depth, tile);
      break;
    case DRAGOMAN_INT8:
      quantise_tile(x, ldx, count, depth, depth, tile, out->scales + row, out->corrections + row);
      break;
    case DRAGOMAN_INT8_GROUPED:
      quantise_tile(x, ldx, count, depth, GROUP_DEPTH, tile, out->scales + row * groups,
                    out->corrections + row * groups);
      break;
    }
  }
}
