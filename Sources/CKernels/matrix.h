// Products of matrices. Included by kernels.h only.

// A register tile: `rows` rows of x times `columns` rows of w, both constants after inlining.
INLINE void few_rows_tile(const size_t rows, const size_t columns, const float *x, size_t ldx, const float *w,
                          size_t ldw, size_t k, const float *bias, int accumulate, float *y, size_t ldy) {
  vector sums[TILE_ROWS][4];
#pragma clang loop unroll(full)
  for (size_t m = 0; m < rows; m++)
#pragma clang loop unroll(full)
    for (size_t n = 0; n < columns; n++)
      sums[m][n] = broadcast(0);

  size_t i = 0;
  for (; i + LANES <= k; i += LANES) {
    vector weights[4];
#pragma clang loop unroll(full)
    for (size_t n = 0; n < columns; n++) {
      weights[n] = load(w + n * ldw + i);
      // Rows of 1,024 weights end with a page, where the processor's own prefetching ends too. An address past the end
      // of the matrix is no fault.
      __builtin_prefetch(w + (n + columns) * ldw + i);
    }
#pragma clang loop unroll(full)
    for (size_t m = 0; m < rows; m++) {
      const vector activation = load(x + m * ldx + i);
#pragma clang loop unroll(full)
      for (size_t n = 0; n < columns; n++)
        sums[m][n] += activation * weights[n];
    }
  }
  if (i < k)
    for (size_t m = 0; m < rows; m++)
      for (size_t n = 0; n < columns; n++)
        sums[m][n] += load_part(x + m * ldx + i, k - i) * load_part(w + n * ldw + i, k - i);

#pragma clang loop unroll(full)
  for (size_t m = 0; m < rows; m++)
#pragma clang loop unroll(full)
    for (size_t n = 0; n < columns; n++) {
      float value = sum(sums[m][n]);
      if (bias)
        value += bias[n];
      y[m * ldy + n] = accumulate ? y[m * ldy + n] + value : value;
    }
}

// All rows of x against `columns` rows of w, which stay in the first-level cache.
INLINE void few_rows_strip(const size_t columns, const float *x, size_t ldx, size_t rows, const float *w, size_t ldw,
                           size_t k, const float *bias, int accumulate, float *y, size_t ldy) {
  size_t m = 0;
  for (; m + TILE_ROWS <= rows; m += TILE_ROWS)
    few_rows_tile(TILE_ROWS, columns, x + m * ldx, ldx, w, ldw, k, bias, accumulate, y + m * ldy, ldy);
  switch (rows - m) {
#if TILE_ROWS > 4
  case 4:
    few_rows_tile(4, columns, x + m * ldx, ldx, w, ldw, k, bias, accumulate, y + m * ldy, ldy);
    break;
#endif
#if TILE_ROWS > 3
  case 3:
    few_rows_tile(3, columns, x + m * ldx, ldx, w, ldw, k, bias, accumulate, y + m * ldy, ldy);
    break;
#endif
  case 2:
    few_rows_tile(2, columns, x + m * ldx, ldx, w, ldw, k, bias, accumulate, y + m * ldy, ldy);
    break;
  case 1:
    few_rows_tile(1, columns, x + m * ldx, ldx, w, ldw, k, bias, accumulate, y + m * ldy, ldy);
    break;
  }
}

static void few_rows(const float *x, size_t ldx, size_t rows, const float *w, size_t ldw, size_t columns, size_t k,
                     const float *bias, int accumulate, float *y, size_t ldy) {
  size_t n = 0;
  // One or two rows leave registers free: more columns keep more loads in flight.
  if (rows <= 2)
    for (; n + 4 <= columns; n += 4)
      few_rows_strip(4, x, ldx, rows, w + n * ldw, ldw, k, bias ? bias + n : NULL, accumulate, y + n, ldy);
  for (; n + 2 <= columns; n += 2)
    few_rows_strip(2, x, ldx, rows, w + n * ldw, ldw, k, bias ? bias + n : NULL, accumulate, y + n, ldy);
  if (n < columns)
    few_rows_strip(1, x, ldx, rows, w + n * ldw, ldw, k, bias ? bias + n : NULL, accumulate, y + n, ldy);
}
