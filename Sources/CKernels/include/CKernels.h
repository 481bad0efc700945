// SIMD kernels of the engine. One table of functions per instruction set, chosen once at run time.
//
// Conventions: matrices are row-major float32; `ld*` is the distance between rows in elements; no pointer needs an
// alignment beyond that of float; outputs never overlap inputs unless a comment says so. Every output element is
// accumulated in one chain over k with the same lanes, whatever the tile it falls into: a row's result does not depend
// on how many rows are computed beside it.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef enum {
  DRAGOMAN_ISA_BASELINE = 0,    // what the compiler assumes for the target: SSE2 on x86-64, NEON on Arm
  DRAGOMAN_ISA_AVX2 = 1,        // AVX2 and FMA
  DRAGOMAN_ISA_AVX512 = 2,      // AVX-512 with VNNI
  DRAGOMAN_ISA_AVX512_BF16 = 3, // the same with products of bfloat16
  // The kernels of the last two in plain C: slow, for tests on machines without them.
  DRAGOMAN_ISA_AVX512_EMULATED = 4,
  DRAGOMAN_ISA_AVX512_BF16_EMULATED = 5,
} dragoman_isa;

// Packed weights of a product with `columns` columns and sums of `depth` terms: panels of 32 columns, each a run of
// steps of 128 bytes, four bytes for each column. Columns and depth are padded with zeros to whole panels and steps.
#define DRAGOMAN_PACKED_COLUMNS 32
// Depth that shares a scale in DRAGOMAN_INT8_GROUPED.
#define DRAGOMAN_GROUP_DEPTH 32
// Rows and panels that go through a part of the depth together; more of either are taken in turn.
#define DRAGOMAN_BLOCK_ROWS 120
#define DRAGOMAN_PANELS_TOGETHER 4

typedef enum {
  DRAGOMAN_FLOAT32 = 0,      // a step is one float32 of depth
  DRAGOMAN_BFLOAT16 = 1,     // two bfloat16; activations stay float32, but with AVX512_BF16 become bfloat16 too
  DRAGOMAN_INT8 = 2,         // four bytes, biased by 128; activations are quantised; a scale per column
  DRAGOMAN_INT8_GROUPED = 3, // the same with a scale per column and group of depth, [panel][group][32]
} dragoman_precision;

typedef struct {
  size_t columns, depth;
  const void *panels;
  const uint16_t *scales; // bfloat16; int8 only
} dragoman_packed;

// Activations, prepared for a precision: tiles of `tile_rows` rows (the last may have fewer), in each the words of all
// its rows for each part of each step. Rows of int8 have a scale and a correction each, or one of each per group, then
// ordered [group][row] within a tile.
typedef struct {
  size_t tile_rows;
  int32_t *elements;    // rows * activation_words
  float *scales;        // rows, or rows * groups
  int32_t *corrections; // as many
} dragoman_activations;

typedef struct {
  // y[m][n] = bias[n] + sum_k x[m][k] * w[n][k], or y += without a separate bias pass; for a handful of rows, where the
  // time goes into reading w once. bias may be NULL. accumulate: add to what y holds.
  void (*few_rows)(const float *x, size_t ldx, size_t rows, const float *w, size_t ldw, size_t columns, size_t k,
                   const float *bias, int accumulate, float *y, size_t ldy);

  // y = (x - mean) / sqrt(variance + epsilon) * weight + bias, per row of n elements. y may be x.
  void (*layer_norm)(const float *x, size_t rows, size_t n, const float *weight, const float *bias, float epsilon,
                     float *y);

  // Each row becomes softmax(scale * row), in place.
  void (*softmax)(float *x, size_t rows, size_t columns, size_t ld, float scale);

  // In place: x * 0.5 * (1 + erf(x / sqrt 2)).
  void (*gelu)(float *x, size_t n);

  // In place: the tanh approximation of GELU.
  void (*gelu_tanh)(float *x, size_t n);

  // In place: x * sigmoid(x).
  void (*silu)(float *x, size_t n);

  // In place: max(x, 0).
  void (*relu)(float *x, size_t n);

  // out[r][c] = x[r][c] * sigmoid(x[r][columns + c]); rows of x hold 2 * columns elements.
  void (*gated)(const float *x, size_t rows, size_t columns, float *out);

  // The maximum of a row, and sum_i exp(x[i] - maximum).
  float (*maximum)(const float *x, size_t n);
  float (*sum_exp)(const float *x, size_t n, float maximum);

  // The first index whose element is greater than a threshold; n if there is none.
  size_t (*first_above)(const float *x, size_t n, float threshold);

  // Scaled dot-product attention of one query over positions whose key and value rows are scattered in memory:
  // out[h] = sum_t softmax_t(scale * q[h] . keys[t][h]) * values[t][h] for each head h. weights: scratch of
  // `positions` elements.
  void (*attend)(const float *q, const float *const *keys, const float *const *values, size_t positions, size_t heads,
                 size_t head_dim, float scale, float *weights, float *out);

  // By precision: the most rows a tile of activations may have.
  size_t tile_rows[4];
  // The 4-byte words a prepared row takes.
  size_t (*activation_words)(dragoman_precision precision, size_t depth);

  // Prepares rows of activations; they become rows `first_row` and following, a multiple of out->tile_rows. Integers,
  // scales and corrections are the same with every instruction set; a row that holds what is no number, or infinity,
  // gets a scale that is no number.
  void (*prepare)(dragoman_precision precision, const float *x, size_t ldx, size_t rows, size_t depth,
                  const dragoman_activations *out, size_t first_row);

  // Some panels of y = x W^T + bias, or of y += x W^T + bias, for some rows, the first of which begins a tile; `y` is
  // where the first of these rows begins, at column 0. bias may be NULL. By precision.
  void (*packed[4])(const dragoman_packed *w, size_t first_panel, size_t panel_count, const dragoman_activations *x,
                    size_t first_row, size_t rows, const float *bias, int accumulate, float *y, size_t ldy);

  // y = x W^T + bias for weights in float32, or in bfloat16 with an even depth, of rows that lie `ldx` apart (not 0)
  // and may overlap, as those of a convolution over many frames do: nothing is prepared, activations are float32. Each
  // row has the bits that it has when it is prepared, but with AVX512_BF16 and bfloat16, where preparing rounds.
  void (*packed_in_place)(dragoman_precision precision, const dragoman_packed *w, const float *x, size_t ldx,
                          size_t rows, const float *bias, float *y, size_t ldy);

  // The most a core can do, for benchmarks: the multiplications and additions of a precision, from registers only.
  // Returns how many operations so many rounds were, a multiplication and an addition each.
  size_t (*peak)(dragoman_precision precision, size_t rounds);
} dragoman_kernels;

// The table for an instruction set, or NULL if this machine or build lacks it.
const dragoman_kernels *dragoman_kernels_for(dragoman_isa isa);

// A hint to the processor that this is a spin loop.
static inline void dragoman_spin_hint(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ __volatile__("yield");
#endif
}
