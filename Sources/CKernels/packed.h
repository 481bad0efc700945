// Products with packed weights. Included by kernels.h only.

enum { PANEL_COLUMNS = DRAGOMAN_PACKED_COLUMNS, STEP_BYTES = 128, GROUP_DEPTH = DRAGOMAN_GROUP_DEPTH, GROUP_STEPS = 8 };
// Steps of a panel that all rows go through before the next ones: their 16 KB stay in the first-level cache.
enum { BLOCK_STEPS = 128 };
// Rows whose sums are kept between blocks, a multiple of every tile size.
enum { BLOCK_ROWS = 120 };
#define TILE_ROWS_MAX (FLOAT_TILE_ROWS > INT8_TILE_ROWS ? FLOAT_TILE_ROWS : INT8_TILE_ROWS)
enum { STRIP_COLUMNS = PACKED_VECTORS * PACKED_LANES };

INLINE lanes load_lanes(const void *p) { return *(const lanes *)p; }
INLINE int_lanes load_int_lanes(const void *p) { return *(const int_lanes *)p; }
INLINE lanes load_lanes_part(const float *p, size_t n) {
  lanes v = {0};
  memcpy(&v, p, (n < PACKED_LANES ? n : PACKED_LANES) * sizeof(float));
  return v;
}
INLINE int_lanes broadcast_int(int32_t x) { return (int_lanes){0} + x; }
INLINE lanes broadcast_lanes(float x) { return (lanes)broadcast_int(((union { float f; int32_t i; }){x}).i); }

// Depth that a step of a panel covers.
INLINE size_t step_depth(dragoman_precision precision) {
  return precision == DRAGOMAN_FLOAT32 ? 1 : precision == DRAGOMAN_BFLOAT16 ? 2 : 4;
}
INLINE size_t step_count(dragoman_precision precision, size_t depth) {
  return (depth + step_depth(precision) - 1) / step_depth(precision);
}
// Words of prepared activations per row and step.
INLINE size_t step_words(dragoman_precision precision) {
  return precision == DRAGOMAN_FLOAT32 ? 1 : precision == DRAGOMAN_BFLOAT16 ? 2 : INT8_WORDS;
}
INLINE size_t group_count(size_t depth) { return (depth + GROUP_DEPTH - 1) / GROUP_DEPTH; }

// Register tiles: they add `steps` steps of a strip to the sums of `rows` rows, and prefetch what lies `ahead` bytes
// further. Precision and rows are constants after inlining.
INLINE void prefetch_step(const char *weights) {
  for (size_t line = 0; line < STRIP_COLUMNS * 4; line += 64)
    __builtin_prefetch(weights + line);
}

INLINE void int8_steps(const size_t rows, const char *weights, size_t steps, size_t ahead, const int32_t *activations,
                       int_lanes sums[][PACKED_VECTORS]) {
  for (size_t s = 0; s < steps; s++, weights += STEP_BYTES, activations += rows * INT8_WORDS) {
    prefetch_step(weights + ahead);
    int8_lanes w[PACKED_VECTORS];
#pragma clang loop unroll(full)
    for (size_t v = 0; v < PACKED_VECTORS; v++)
      w[v] = int8_weights(load_int_lanes(weights + v * sizeof(int_lanes)));
#pragma clang loop unroll(full)
    for (size_t m = 0; m < rows; m++) {
      const int8_lanes a = int8_activations(activations + m, rows);
#pragma clang loop unroll(full)
      for (size_t v = 0; v < PACKED_VECTORS; v++)
        sums[m][v] = int8_dot(sums[m][v], w[v], a);
    }
  }
}

INLINE void float_steps(const dragoman_precision precision, const size_t rows, const char *weights, size_t steps,
                        size_t ahead, const int32_t *activations, int_lanes sums[][PACKED_VECTORS]) {
  for (size_t s = 0; s < steps; s++, weights += STEP_BYTES) {
    prefetch_step(weights + ahead);
#pragma clang loop unroll(full)
    for (size_t part = 0; part < step_words(precision); part++, activations += rows) {
      lanes w[PACKED_VECTORS];
#pragma clang loop unroll(full)
      for (size_t v = 0; v < PACKED_VECTORS; v++) {
        const int_lanes packed = load_int_lanes(weights + v * sizeof(int_lanes));
        w[v] = (lanes)(precision == DRAGOMAN_FLOAT32 ? packed : part ? packed & (int32_t)0xffff0000 : packed << 16);
      }
#pragma clang loop unroll(full)
      for (size_t m = 0; m < rows; m++) {
        const lanes a = (lanes)broadcast_int(activations[m]);
#pragma clang loop unroll(full)
        for (size_t v = 0; v < PACKED_VECTORS; v++)
          sums[m][v] = (int_lanes)fused(w[v], a, (lanes)sums[m][v]);
      }
    }
  }
}

// What a tile needs besides its constants.
typedef struct {
  const char *weights;        // the strip's columns in the block's first step
  size_t steps, ahead;        // steps of the block; how far to prefetch
  const int32_t *activations; // the tile's rows at the block's first step
  int32_t *sums;              // [row][PANEL_COLUMNS], the strip's columns: int32 or float32
  // Grouped only: of the block's first group.
  const float *column_scales;   // [group][PANEL_COLUMNS], the strip's columns
  const float *row_scales;      // [group][row]
  const int32_t *corrections;   // [group][row]
  const int32_t *self_products; // [group][PANEL_COLUMNS], the strip's columns
} tile_work;

INLINE void tile_block(const dragoman_precision precision, const size_t rows, const tile_work *t) {
  int_lanes sums[TILE_ROWS_MAX][PACKED_VECTORS];
#pragma clang loop unroll(full)
  for (size_t m = 0; m < rows; m++)
#pragma clang loop unroll(full)
    for (size_t v = 0; v < PACKED_VECTORS; v++)
      sums[m][v] = load_int_lanes(t->sums + m * PANEL_COLUMNS + v * PACKED_LANES);
  if (precision == DRAGOMAN_INT8)
    int8_steps(rows, t->weights, t->steps, t->ahead, t->activations, sums);
  else
    float_steps(precision, rows, t->weights, t->steps, t->ahead, t->activations, sums);
#pragma clang loop unroll(full)
  for (size_t m = 0; m < rows; m++)
#pragma clang loop unroll(full)
    for (size_t v = 0; v < PACKED_VECTORS; v++)
      *(int_lanes *)(t->sums + m * PANEL_COLUMNS + v * PACKED_LANES) = sums[m][v];
}

INLINE void tile_block_grouped(const size_t rows, const tile_work *t) {
  const char *weights = t->weights;
  const int32_t *activations = t->activations, *corrections = t->corrections, *self_products = t->self_products;
  const float *column_scales = t->column_scales, *row_scales = t->row_scales;
  for (size_t s = 0; s < t->steps; s += GROUP_STEPS) {
    int_lanes sums[TILE_ROWS_MAX][PACKED_VECTORS];
#pragma clang loop unroll(full)
    for (size_t m = 0; m < rows; m++)
#pragma clang loop unroll(full)
      for (size_t v = 0; v < PACKED_VECTORS; v++)
        sums[m][v] = broadcast_int(corrections[m]) - load_int_lanes(self_products + v * PACKED_LANES);
    const size_t steps = t->steps - s < GROUP_STEPS ? t->steps - s : GROUP_STEPS;
    int8_steps(rows, weights, steps, t->ahead, activations, sums);
#pragma clang loop unroll(full)
    for (size_t m = 0; m < rows; m++) {
#pragma clang loop unroll(full)
      for (size_t v = 0; v < PACKED_VECTORS; v++) {
        lanes *total = (lanes *)(t->sums + m * PANEL_COLUMNS + v * PACKED_LANES);
        const lanes scale = load_lanes(column_scales + v * PACKED_LANES) * broadcast_lanes(row_scales[m]);
        *total += rounded(__builtin_convertvector(sums[m][v], lanes) * scale);
      }
    }
    weights += GROUP_STEPS * STEP_BYTES;
    activations += GROUP_STEPS * INT8_WORDS * rows;
    corrections += rows;
    row_scales += rows;
    column_scales += PANEL_COLUMNS;
    self_products += PANEL_COLUMNS;
  }
}

INLINE void tile_of(const dragoman_precision precision, const size_t rows, const tile_work *t) {
  if (precision == DRAGOMAN_INT8_GROUPED)
    tile_block_grouped(rows, t);
  else
    tile_block(precision, rows, t);
}

// Tiles of 1 ... TILE_ROWS_MAX rows, so that a row's sums are chained in the same order whatever the tile.
#define TILE(ROWS)                                                                                                     \
  case ROWS:                                                                                                           \
    tile_of(precision, ROWS, t);                                                                                       \
    break;
INLINE void tile(const dragoman_precision precision, size_t rows, const tile_work *t) {
  switch (rows) {
    TILE(1)
    TILE(2)
    TILE(3)
    TILE(4)
    TILE(5)
#if TILE_ROWS_MAX > 5
    TILE(6)
#endif
#if TILE_ROWS_MAX > 6
    TILE(7)
    TILE(8)
    TILE(9)
    TILE(10)
    TILE(11)
    TILE(12)
#endif
  }
}
#undef TILE

// Adds the products of weights with each other that int8_dot takes along: of a strip, per column; with `grouped`, to the
// next row of `products` after each group.
INLINE void add_self_products(const int grouped, const char *weights, size_t steps, int32_t *products) {
#if INT8_SELF_PRODUCTS
  for (size_t s = 0; s < steps;) {
    int_lanes sums[PACKED_VECTORS];
#pragma clang loop unroll(full)
    for (size_t v = 0; v < PACKED_VECTORS; v++)
      sums[v] = load_int_lanes(products + v * PACKED_LANES);
    const size_t end = grouped && s + GROUP_STEPS < steps ? s + GROUP_STEPS : steps;
    for (; s < end; s++, weights += STEP_BYTES)
#pragma clang loop unroll(full)
      for (size_t v = 0; v < PACKED_VECTORS; v++)
        sums[v] += int8_self_products(int8_weights(load_int_lanes(weights + v * sizeof(int_lanes))));
#pragma clang loop unroll(full)
    for (size_t v = 0; v < PACKED_VECTORS; v++)
      *(int_lanes *)(products + v * PACKED_LANES) = sums[v];
    products += PANEL_COLUMNS;
  }
#endif
}

// Writes the sums of a panel's rows: scaled, with bias, perhaps added to what is there.
INLINE void finish_row(const dragoman_precision precision, const int32_t *sums, size_t columns, float row_scale,
                       const int32_t *self_products, const float *column_scales, const float *bias, int accumulate, float *y) {
  for (size_t n = 0; n < columns; n += PACKED_LANES) {
    const size_t count = columns - n;
    lanes value = load_lanes(sums + n);
    if (precision == DRAGOMAN_INT8)
      value = rounded(__builtin_convertvector((int_lanes)value - load_int_lanes(self_products + n), lanes) *
                      (load_lanes(column_scales + n) * broadcast_lanes(row_scale)));
    if (bias)
      value += load_lanes_part(bias + n, count);
    if (accumulate)
      value = load_lanes_part(y + n, count) + value;
    memcpy(y + n, &value, (count < PACKED_LANES ? count : PACKED_LANES) * sizeof(float));
  }
}

// One panel for at most BLOCK_ROWS rows, the first of which begins a tile.
INLINE void packed_panel(const dragoman_precision precision, const dragoman_packed *w, size_t panel,
                         const dragoman_activations *x, size_t first_row, size_t rows, const float *bias,
                         int accumulate, float *y, size_t ldy) {
  _Alignas(64) int32_t sums[BLOCK_ROWS * PANEL_COLUMNS];
  for (size_t m = 0; m < rows; m++) {
    const int32_t start = precision == DRAGOMAN_INT8 ? x->corrections[first_row + m] : 0;
    for (size_t n = 0; n < PANEL_COLUMNS; n += PACKED_LANES)
      *(int_lanes *)(sums + m * PANEL_COLUMNS + n) = broadcast_int(start);
  }
  const size_t steps = step_count(precision, w->depth), groups = group_count(w->depth);
  const size_t step_size = step_words(precision), words = steps * step_size;
  const char *weights = (const char *)w->panels + panel * steps * STEP_BYTES;
  const int grouped = precision == DRAGOMAN_INT8_GROUPED;
  _Alignas(64) int32_t self_products[BLOCK_STEPS / GROUP_STEPS * PANEL_COLUMNS] = {0};
  for (size_t s = 0; s < steps; s += BLOCK_STEPS) {
    const size_t block_steps = steps - s < BLOCK_STEPS ? steps - s : BLOCK_STEPS;
    if (grouped && INT8_SELF_PRODUCTS)
      memset(self_products, 0, sizeof self_products);
    for (size_t n = 0; n < PANEL_COLUMNS; n += STRIP_COLUMNS) {
      const char *strip = weights + s * STEP_BYTES + n * 4;
      if (precision == DRAGOMAN_INT8 || grouped)
        add_self_products(grouped, strip, block_steps, self_products + n);
      for (size_t m = 0; m < rows; m += x->tile_rows) {
        const size_t count = rows - m < x->tile_rows ? rows - m : x->tile_rows;
        tile_work t = {
            .weights = strip,
            .steps = block_steps,
            .ahead = m == 0 ? BLOCK_STEPS * STEP_BYTES : 0,
            .activations = x->elements + (first_row + m) * words + s * step_size * count,
            .sums = sums + m * PANEL_COLUMNS + n,
        };
        if (grouped) {
          const size_t group = s / GROUP_STEPS;
          t.column_scales = w->scales + (panel * groups + group) * PANEL_COLUMNS + n;
          t.row_scales = x->scales + (first_row + m) * groups + group * count;
          t.corrections = x->corrections + (first_row + m) * groups + group * count;
          t.self_products = self_products + n;
        }
        tile(precision, count, &t);
      }
    }
  }
  const size_t column = panel * PANEL_COLUMNS;
  const size_t columns = w->columns - column < PANEL_COLUMNS ? w->columns - column : PANEL_COLUMNS;
  for (size_t m = 0; m < rows; m++)
    finish_row(precision, sums + m * PANEL_COLUMNS, columns, precision == DRAGOMAN_INT8 ? x->scales[first_row + m] : 1,
               self_products, precision == DRAGOMAN_INT8 ? w->scales + column : NULL, bias ? bias + column : NULL,
               accumulate, y + m * ldy + column);
}

#define PACKED_PRODUCT(NAME, PRECISION)                                                                                \
  static void NAME(const dragoman_packed *w, size_t first_panel, size_t panel_count, const dragoman_activations *x,    \
                   size_t first_row, size_t rows, const float *bias, int accumulate, float *y, size_t ldy) {           \
    const size_t block = BLOCK_ROWS / x->tile_rows * x->tile_rows;                                                     \
    for (size_t m = 0; m < rows; m += block)                                                                           \
      for (size_t panel = first_panel; panel < first_panel + panel_count; panel++)                                     \
        packed_panel(PRECISION, w, panel, x, first_row + m, rows - m < block ? rows - m : block, bias, accumulate,     \
                     y + m * ldy, ldy);                                                                                \
  }
PACKED_PRODUCT(packed_float32, DRAGOMAN_FLOAT32)
PACKED_PRODUCT(packed_bfloat16, DRAGOMAN_BFLOAT16)
PACKED_PRODUCT(packed_int8, DRAGOMAN_INT8)
PACKED_PRODUCT(packed_int8_grouped, DRAGOMAN_INT8_GROUPED)
#undef PACKED_PRODUCT
