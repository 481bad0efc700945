// Checks the products of every table of kernels this machine can run against float64 arithmetic. Swift's tests do, too;
// this needs a C compiler only, so that it runs for architectures on which the rest isn't built.
#include "CKernels.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PANEL = DRAGOMAN_PACKED_COLUMNS, GROUP = DRAGOMAN_GROUP_DEPTH };
enum { MOST_ROWS = 131, MOST_COLUMNS = 100, MOST_DEPTH = 1100, MOST_PANELS = (MOST_COLUMNS + PANEL - 1) / PANEL };

// All sizes of a tile, tiles of two sizes, and more rows than a block has.
static const size_t row_counts[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 25, MOST_ROWS};
static const struct {
  size_t columns, depth;
} shapes[] = {{1, 1},   {5, 3},   {33, 31},  {32, 32},  {31, 33},
              {64, 64}, {40, 66}, {70, 130}, {96, 515}, {MOST_COLUMNS, MOST_DEPTH}};
#define COUNT(ARRAY) (sizeof(ARRAY) / sizeof(ARRAY)[0])

static const char *const tables[] = {"baseline", "avx2", "avx512", "avx512-bf16", "avx512, emulated",
                                     "avx512-bf16, emulated"};
static const char *const precisions[] = {"float32", "bfloat16", "int8", "int8 grouped"};

// Roughly normal, and the same on every machine.
static uint64_t state = 1;
static float sample(void) {
  double sum = -6;
  for (int i = 0; i < 12; i++) {
    state = state * 6364136223846793005 + 1442695040888963407;
    sum += (double)(state >> 40) / (1 << 24);
  }
  return (float)sum;
}

static uint32_t bits_of(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}
static float float_of(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}
// To nearest even, and away from zero.
static uint16_t bfloat16(float x) { return (uint16_t)((bits_of(x) + 0x7fff + (bits_of(x) >> 16 & 1)) >> 16); }
static uint16_t bfloat16_above(float x) { return (uint16_t)((bits_of(x) + 0xffff) >> 16); }
static float widened(uint16_t x) { return float_of((uint32_t)x << 16); }

static float largest_magnitude(const float *x, size_t n) {
  float largest = 0;
  for (size_t i = 0; i < n; i++)
    largest = fmaxf(largest, fabsf(x[i]));
  return largest;
}

// Elements that share a scale.
static size_t scale_span(dragoman_precision precision, size_t depth) {
  return precision == DRAGOMAN_INT8_GROUPED ? GROUP : depth;
}

// What a row of activations counts as.
static void round_row(dragoman_precision precision, int pairs, const float *x, size_t depth, double *values) {
  const size_t span = scale_span(precision, depth);
  for (size_t first = 0; first < depth; first += span) {
    const size_t end = depth - first < span ? depth : first + span;
    const float largest = largest_magnitude(x + first, end - first);
    for (size_t k = first; k < end; k++)
      values[k] = precision == DRAGOMAN_FLOAT32    ? x[k]
                  : precision == DRAGOMAN_BFLOAT16 ? (pairs ? widened(bfloat16(x[k])) : x[k])
                                                   : nearbyintf(x[k] * (127 / largest)) * (largest / 127);
  }
}

// Weights as they are packed, and what they count as.
static uint8_t panels[MOST_PANELS * MOST_DEPTH * PANEL * 4];
static uint16_t scales[MOST_PANELS * PANEL * ((MOST_DEPTH + GROUP - 1) / GROUP)];
static double weights[MOST_COLUMNS * MOST_DEPTH];

static dragoman_packed pack(dragoman_precision precision, size_t columns, size_t depth, const float *w) {
  const size_t step_depth = (size_t[]){1, 2, 4, 4}[precision], steps = (depth + step_depth - 1) / step_depth;
  const size_t span = scale_span(precision, depth), groups = (depth + span - 1) / span;
  const int is_integer = precision == DRAGOMAN_INT8 || precision == DRAGOMAN_INT8_GROUPED;
  memset(panels, is_integer ? 128 : 0, sizeof panels);
  memset(scales, 0, sizeof scales);
  for (size_t n = 0; n < columns; n++)
    for (size_t k = 0; k < depth; k++) {
      const float x = w[n * depth + k];
      const size_t step = n / PANEL * steps + k / step_depth;
      uint8_t *at = panels + (step * PANEL + n % PANEL) * 4 + k % step_depth * 4 / step_depth;
      double *value = weights + n * depth + k;
      if (is_integer) {
        const size_t first = k / span * span, count = depth - first < span ? depth - first : span;
        const uint16_t scale = bfloat16_above(largest_magnitude(w + n * depth + first, count) / 127);
        const int q = (int)nearbyintf(x / widened(scale));
        scales[(n / PANEL * groups + k / span) * PANEL + n % PANEL] = scale;
        *at = (uint8_t)(q + 128);
        *value = (double)q * widened(scale);
      } else if (precision == DRAGOMAN_BFLOAT16) {
        const uint16_t half = bfloat16(x);
        memcpy(at, &half, sizeof half);
        *value = widened(half);
      } else {
        memcpy(at, &x, sizeof x);
        *value = x;
      }
    }
  return (dragoman_packed){columns, depth, panels, scales};
}

// Prepares rows, and multiplies them with all panels.
static void multiply(const dragoman_kernels *kernels, dragoman_precision precision, const dragoman_packed *w,
                     const float *x, size_t rows, const float *bias, int accumulate, float *y) {
  static int32_t elements[MOST_ROWS * (MOST_DEPTH + 4)], corrections[MOST_ROWS * MOST_DEPTH / GROUP + MOST_ROWS];
  static float row_scales[MOST_ROWS * MOST_DEPTH / GROUP + MOST_ROWS];
  const size_t most = kernels->tile_rows[precision], tiles = (rows + most - 1) / most;
  const dragoman_activations prepared = {(rows + tiles - 1) / tiles, elements, row_scales, corrections};
  kernels->prepare(precision, x, w->depth, rows, w->depth, &prepared, 0);
  kernels->packed[precision](w, 0, (w->columns + PANEL - 1) / PANEL, &prepared, 0, rows, bias, accumulate, y,
                             w->columns);
}

typedef struct {
  double error; // the largest, in units of what rounding allows
  int depends;  // a row on those beside it
  int differs;  // from the baseline, of integers
} findings;

// The largest error of y = x W^T + bias, in units of what rounding allows.
static double largest_error(dragoman_precision precision, int pairs, const float *x, size_t ldx, size_t rows,
                            size_t columns, size_t depth, const float *bias, const float *y) {
  double largest = 0, row[MOST_DEPTH];
  for (size_t m = 0; m < rows; m++) {
    round_row(precision, pairs, x + m * ldx, depth, row);
    for (size_t n = 0; n < columns; n++) {
      double expected = bias[n];
      for (size_t k = 0; k < depth; k++)
        expected += row[k] * weights[n * depth + k];
      const double error = fabs(y[m * columns + n] - expected) / (2e-6 * (double)(depth + 10));
      largest = error <= largest ? largest : isnan(error) ? INFINITY : error;
    }
  }
  return largest;
}

static void check(dragoman_isa isa, dragoman_precision precision, findings *found) {
  static float x[MOST_ROWS * MOST_DEPTH], w[MOST_COLUMNS * MOST_DEPTH], bias[MOST_COLUMNS];
  static float y[MOST_ROWS * MOST_COLUMNS], other[MOST_ROWS * MOST_COLUMNS];
  const dragoman_kernels *kernels = dragoman_kernels_for(isa), *baseline = dragoman_kernels_for(DRAGOMAN_ISA_BASELINE);
  const int pairs = isa == DRAGOMAN_ISA_AVX512_BF16 || isa == DRAGOMAN_ISA_AVX512_BF16_EMULATED;
  for (size_t i = 0; i < COUNT(x); i++)
    x[i] = sample();
  for (size_t i = 0; i < COUNT(w); i++)
    w[i] = sample();
  for (size_t i = 0; i < COUNT(bias); i++)
    bias[i] = sample();
  for (size_t s = 0; s < COUNT(shapes); s++) {
    const size_t columns = shapes[s].columns, depth = shapes[s].depth;
    const dragoman_packed packed = pack(precision, columns, depth, w);
    for (size_t r = 0; r < COUNT(row_counts); r++) {
      const size_t rows = row_counts[r], bytes = rows * columns * sizeof(float);
      multiply(kernels, precision, &packed, x, rows, bias, 0, y);
      found->error = fmax(found->error, largest_error(precision, pairs, x, depth, rows, columns, depth, bias, y));
      for (size_t m = 0; m < rows; m++)
        multiply(kernels, precision, &packed, x + m * depth, 1, bias, 0, other + m * columns);
      found->depends |= memcmp(y, other, bytes) != 0;
      if (precision == DRAGOMAN_INT8 || precision == DRAGOMAN_INT8_GROUPED) {
        multiply(baseline, precision, &packed, x, rows, bias, 0, other);
        found->differs |= memcmp(y, other, bytes) != 0;
      } else if (precision == DRAGOMAN_FLOAT32 || depth % 2 == 0) {
        // Rows that overlap.
        kernels->packed_in_place(precision, &packed, x, 3, rows, bias, y, columns);
        found->error = fmax(found->error, largest_error(precision, 0, x, 3, rows, columns, depth, bias, y));
      }
      // Added to what is there, without a bias.
      multiply(kernels, precision, &packed, x, rows, bias, 0, other);
      memset(y, 0, bytes);
      multiply(kernels, precision, &packed, x, rows, NULL, 1, y);
      for (size_t i = 0; i < rows * columns; i++)
        found->error = fmax(found->error, fabs(y[i] + bias[i % columns] - other[i]) / 1e-4);
    }
  }
}

int main(void) {
  int failed = 0;
  for (size_t isa = 0; isa < COUNT(tables); isa++) {
    if (!dragoman_kernels_for((dragoman_isa)isa))
      continue;
    for (size_t precision = 0; precision < COUNT(precisions); precision++) {
      findings found = {0};
      check((dragoman_isa)isa, (dragoman_precision)precision, &found);
      const int bad = !(found.error < 1) || found.depends || found.differs;
      printf("%-22s %-12s %s: %.0f%% of the error allowed%s%s\n", tables[isa], precisions[precision],
             bad ? "FAILED" : "ok", 100 * found.error, found.depends ? ", rows depend on others" : "",
             found.differs ? ", integers differ from the baseline's" : "");
      failed |= bad;
    }
  }
  return failed;
}
