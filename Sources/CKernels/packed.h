// Products with packed weights. Included by kernels.h only.

enum { PANEL_COLUMNS = DRAGOMAN_PACKED_COLUMNS, STEP_BYTES = 128, GROUP_DEPTH = DRAGOMAN_GROUP_DEPTH, GROUP_STEPS = 8 };
// Steps of a panel that all rows go through before the next ones, and which therefore stay in the first-level cache: 16
// KB. Of a few rows fewer, since the next block is prefetched meanwhile.
enum { BLOCK_STEPS = 128, FEW_ROWS_BLOCK_STEPS = 32 };
enum { BLOCK_ROWS = DRAGOMAN_BLOCK_ROWS, PANELS_TOGETHER = DRAGOMAN_PANELS_TOGETHER };
#define TILE_ROWS_MAX (FLOAT32_TILE_ROWS > WIDENED_TILE_ROWS ? FLOAT32_TILE_ROWS : WIDENED_TILE_ROWS)
enum { STRIP_COLUMNS = PACKED_VECTORS * PACKED_LANES };

INLINE lanes load_lanes(const void *p) { return *(const lanes *)p; }
INLINE int_lanes load_int_lanes(const void *p) { return *(const int_lanes *)p; }
// The first n of the lanes, if there are not that many; then zeros.
INLINE lanes load_lanes_part(const float *p, size_t n) {
  if (n >= PACKED_LANES)
    return load_lanes(p);
  lanes v = {0};
  memcpy(&v, p, n * sizeof(float));
  return v;
}
INLINE void store_lanes_part(float *p, lanes v, size_t n) {
  if (n >= PACKED_LANES)
    *(lanes *)p = v;
  else
    memcpy(p, &v, n * sizeof(float));
}
// Bfloat16, widened.
INLINE lanes load_scales(const uint16_t *p) {
  return (lanes)(__builtin_convertvector(*(const short_lanes *)p, bit_lanes) << 16);
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
// Parts of a step: multiplications for it, and words of activations per row. Activations in place are float32.
INLINE size_t step_parts(dragoman_precision precision, int in_place) {
  if (precision == DRAGOMAN_BFLOAT16)
    return in_place ? 2 : BFLOAT16_PARTS;
  return precision == DRAGOMAN_FLOAT32 ? 1 : INT8_PARTS;
}
INLINE size_t group_count(size_t depth) { return (depth + GROUP_DEPTH - 1) / GROUP_DEPTH; }

INLINE int_lanes weights_part(const dragoman_precision precision, const char *weights, const size_t part,
                              const size_t parts) {
  const int_lanes packed = load_int_lanes(weights);
  if (precision == DRAGOMAN_FLOAT32 || (precision == DRAGOMAN_BFLOAT16 && parts == 1))
    return packed;
  if (precision == DRAGOMAN_BFLOAT16)
    return part ? packed & (int32_t)0xffff0000 : packed << 16;
  return int8_weights(packed, part);
}

INLINE int_lanes multiply_part(const dragoman_precision precision, int_lanes sums, int_lanes weights,
                               int_lanes activations, const size_t parts) {
  if (precision == DRAGOMAN_BFLOAT16 && parts == 1)
    return (int_lanes)bfloat16_dot((lanes)sums, weights, activations);
  if (precision == DRAGOMAN_FLOAT32 || precision == DRAGOMAN_BFLOAT16)
    return (int_lanes)fused((lanes)weights, (lanes)activations, (lanes)sums);
  return int8_dot(sums, weights, activations);
}

// A register tile: adds `steps` steps of a strip to the sums of `rows` rows, and prefetches what lies `ahead` bytes
// further. Activations are prepared, or rows `ldx` apart where they lie. Precision, rows and whether ldx is 0 are
// constants after inlining.
INLINE void tile_steps(const dragoman_precision precision, const size_t rows, const char *weights, size_t steps,
                       ptrdiff_t ahead, const int32_t *activations, size_t ldx, int_lanes sums[][PACKED_VECTORS]) {
  const size_t parts = step_parts(precision, ldx != 0);
  for (size_t s = 0; s < steps; s++, weights += STEP_BYTES) {
    for (size_t line = 0; line < STRIP_COLUMNS * 4; line += 64)
      __builtin_prefetch(weights + ahead + line);
#pragma clang loop unroll(full)
    for (size_t part = 0; part < parts; part++, activations += ldx ? 1 : rows) {
      int_lanes w[PACKED_VECTORS];
#pragma clang loop unroll(full)
      for (size_t v = 0; v < PACKED_VECTORS; v++)
        w[v] = weights_part(precision, weights + v * sizeof(int_lanes), part, parts);
#pragma clang loop unroll(full)
      for (size_t m = 0; m < rows; m++) {
        const int_lanes a = broadcast_int(activations[ldx ? m * ldx : m]);
#pragma clang loop unroll(full)
        for (size_t v = 0; v < PACKED_VECTORS; v++)
          sums[m][v] = multiply_part(precision, sums[m][v], w[v], a, parts);
      }
    }
  }
}

// What a tile needs besides its constants.
typedef struct {
  const char *weights;        // the strip's columns in the block's first step
  size_t steps;               // of the block
  ptrdiff_t ahead;            // how far to prefetch
  const int32_t *activations; // the tile's rows at the block's first step
  size_t ldx;                 // between these rows; 0 where they are prepared
  int32_t *sums;              // [row][PANEL_COLUMNS], the strip's columns: int32 or float32
  // Grouped only: of the block's first group.
  const uint16_t *column_scales; // [group][PANEL_COLUMNS], the strip's columns
  const float *row_scales;      // [group][row]
  const int32_t *corrections;   // [group][row]
} tile_work;

INLINE void tile_block(const dragoman_precision precision, const size_t rows, const tile_work *t) {
  int_lanes sums[TILE_ROWS_MAX][PACKED_VECTORS];
#pragma clang loop unroll(full)
  for (size_t m = 0; m < rows; m++)
#pragma clang loop unroll(full)
    for (size_t v = 0; v < PACKED_VECTORS; v++)
      sums[m][v] = load_int_lanes(t->sums + m * PANEL_COLUMNS + v * PACKED_LANES);
  if (t->ldx)
    tile_steps(precision, rows, t->weights, t->steps, t->ahead, t->activations, t->ldx, sums);
  else
    tile_steps(precision, rows, t->weights, t->steps, t->ahead, t->activations, 0, sums);
#pragma clang loop unroll(full)
  for (size_t m = 0; m < rows; m++)
#pragma clang loop unroll(full)
    for (size_t v = 0; v < PACKED_VECTORS; v++)
      *(int_lanes *)(t->sums + m * PANEL_COLUMNS + v * PACKED_LANES) = sums[m][v];
}

INLINE void tile_block_grouped(const size_t rows, const tile_work *t) {
  const char *weights = t->weights;
  const int32_t *activations = t->activations, *corrections = t->corrections;
  const uint16_t *column_scales = t->column_scales;
  const float *row_scales = t->row_scales;
  for (size_t s = 0; s < t->steps; s += GROUP_STEPS) {
    int_lanes sums[TILE_ROWS_MAX][PACKED_VECTORS];
#pragma clang loop unroll(full)
    for (size_t m = 0; m < rows; m++)
#pragma clang loop unroll(full)
      for (size_t v = 0; v < PACKED_VECTORS; v++)
        sums[m][v] = broadcast_int(corrections[m]);
    if (t->steps - s >= GROUP_STEPS) {
      // Of a constant length, and not unrolled: measured to be the fastest.
#pragma clang loop unroll(disable)
      for (size_t step = 0; step < GROUP_STEPS; step++)
        tile_steps(DRAGOMAN_INT8, rows, weights + step * STEP_BYTES, 1, t->ahead,
                   activations + step * INT8_PARTS * rows, 0, sums);
    } else
      tile_steps(DRAGOMAN_INT8, rows, weights, t->steps - s, t->ahead, activations, 0, sums);
    lanes column[PACKED_VECTORS];
#pragma clang loop unroll(full)
    for (size_t v = 0; v < PACKED_VECTORS; v++)
      column[v] = load_scales(column_scales + v * PACKED_LANES);
#pragma clang loop unroll(full)
    for (size_t m = 0; m < rows; m++) {
#pragma clang loop unroll(full)
      for (size_t v = 0; v < PACKED_VECTORS; v++) {
        lanes *total = (lanes *)(t->sums + m * PANEL_COLUMNS + v * PACKED_LANES);
        const lanes scale = column[v] * broadcast_lanes(row_scales[m]);
        *total += rounded(__builtin_convertvector(sums[m][v], lanes) * scale);
      }
    }
    weights += GROUP_STEPS * STEP_BYTES;
    activations += GROUP_STEPS * INT8_PARTS * rows;
    corrections += rows;
    row_scales += rows;
    column_scales += PANEL_COLUMNS;
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

// Writes the sums of a panel's rows: scaled, with bias, perhaps added to what is there.
INLINE void finish_row(const dragoman_precision precision, const int32_t *sums, size_t columns, float row_scale,
                       const uint16_t *column_scales, const float *bias, int accumulate, float *y) {
  for (size_t n = 0; n < columns; n += PACKED_LANES) {
    const size_t count = columns - n;
    lanes value = load_lanes(sums + n);
    if (precision == DRAGOMAN_INT8)
      value = rounded(__builtin_convertvector((int_lanes)value, lanes) *
                      (load_scales(column_scales + n) * broadcast_lanes(row_scale)));
    if (bias)
      value += load_lanes_part(bias + n, count);
    if (accumulate)
      value = load_lanes_part(y + n, count) + value;
    store_lanes_part(y + n, value, count);
  }
}

// Some rows of a product, at most BLOCK_ROWS; the first begins a tile.
typedef struct {
  const dragoman_packed *w;
  const dragoman_activations *x;
  size_t first_row, rows;
  const float *bias;
  int accumulate;
  float *y;
  size_t ldy;
  size_t ldx; // between rows of activations that are not prepared; else 0
} row_block;

INLINE const char *panel_step(const dragoman_precision precision, const dragoman_packed *w, size_t panel, size_t step) {
  return (const char *)w->panels + (panel * step_count(precision, w->depth) + step) * STEP_BYTES;
}

// Adds a block of a panel's steps to the sums, and prefetches as many at `next`.
INLINE void add_block(const dragoman_precision precision, const row_block *r, size_t panel, size_t step, size_t steps,
                      const char *next, int32_t *sums) {
  const size_t parts = step_parts(precision, r->ldx != 0), words = step_count(precision, r->w->depth) * parts;
  const size_t groups = group_count(r->w->depth), group = step / GROUP_STEPS;
  const char *weights = panel_step(precision, r->w, panel, step);
  for (size_t n = 0; n < PANEL_COLUMNS; n += STRIP_COLUMNS)
    for (size_t m = 0; m < r->rows; m += r->x->tile_rows) {
      const size_t count = r->rows - m < r->x->tile_rows ? r->rows - m : r->x->tile_rows, row = r->first_row + m;
      tile_work t = {
          .weights = weights + n * 4,
          .steps = steps,
          .ahead = m == 0 ? next - weights : 0,
          .activations = r->ldx ? r->x->elements + row * r->ldx + step * parts
                                : r->x->elements + row * words + step * parts * count,
          .ldx = r->ldx,
          .sums = sums + m * PANEL_COLUMNS + n,
      };
      if (precision == DRAGOMAN_INT8_GROUPED) {
        t.column_scales = r->w->scales + (panel * groups + group) * PANEL_COLUMNS + n;
        t.row_scales = r->x->scales + row * groups + group * count;
        t.corrections = r->x->corrections + row * groups + group * count;
      }
      tile(precision, count, &t);
    }
}

INLINE void start_panel(const dragoman_precision precision, const row_block *r, int32_t *sums) {
  for (size_t m = 0; m < r->rows; m++, sums += PANEL_COLUMNS) {
    const int32_t start = precision == DRAGOMAN_INT8 ? r->x->corrections[r->first_row + m] : 0;
    for (size_t n = 0; n < PANEL_COLUMNS; n += PACKED_LANES)
      *(int_lanes *)(sums + n) = broadcast_int(start);
  }
}

INLINE void finish_panel(const dragoman_precision precision, const row_block *r, size_t panel, const int32_t *sums) {
  const size_t column = panel * PANEL_COLUMNS;
  const size_t columns = r->w->columns - column < PANEL_COLUMNS ? r->w->columns - column : PANEL_COLUMNS;
  const uint16_t *column_scales = precision == DRAGOMAN_INT8 ? r->w->scales + column : NULL;
  for (size_t m = 0; m < r->rows; m++)
    finish_row(precision, sums + m * PANEL_COLUMNS, columns,
               precision == DRAGOMAN_INT8 ? r->x->scales[r->first_row + m] : 1, column_scales,
               r->bias ? r->bias + column : NULL, r->accumulate, r->y + m * r->ldy + column);
}

// Panels together: their rows' part of a block stays in the second-level cache.
INLINE void panels_together(const dragoman_precision precision, const row_block *r, size_t first, size_t count,
                            size_t block_steps) {
  _Alignas(64) int32_t sums[PANELS_TOGETHER][BLOCK_ROWS * PANEL_COLUMNS];
  const size_t steps = step_count(precision, r->w->depth);
  for (size_t p = 0; p < count; p++)
    start_panel(precision, r, sums[p]);
  for (size_t s = 0; s < steps; s += block_steps) {
    const size_t block = steps - s < block_steps ? steps - s : block_steps;
    for (size_t p = 0; p < count; p++) {
      const char *next = p + 1 < count       ? panel_step(precision, r->w, first + p + 1, s)
                         : s + block < steps ? panel_step(precision, r->w, first, s + block)
                                             : panel_step(precision, r->w, first + count, 0);
      add_block(precision, r, first + p, s, block, next, sums[p]);
    }
  }
  for (size_t p = 0; p < count; p++)
    finish_panel(precision, r, first + p, sums[p]);
}

INLINE void packed(const dragoman_precision precision, size_t first_panel, size_t panel_count, row_block r) {
  const size_t end = first_panel + panel_count, all = r.rows, block = BLOCK_ROWS / r.x->tile_rows * r.x->tile_rows;
  // A few rows stay in the first-level cache, and the weights are best read in the order they lie in.
  const int few = all <= 2 * r.x->tile_rows;
  const size_t together = few ? 1 : PANELS_TOGETHER, steps = few ? FEW_ROWS_BLOCK_STEPS : BLOCK_STEPS;
  for (size_t m = 0; m < all; m += block, r.first_row += block, r.y += block * r.ldy) {
    r.rows = all - m < block ? all - m : block;
    for (size_t panel = first_panel; panel < end; panel += together)
      panels_together(precision, &r, panel, end - panel < together ? end - panel : together, steps);
  }
}

#define PACKED_PRODUCT(NAME, PRECISION)                                                                                \
  static void NAME(const dragoman_packed *w, size_t first_panel, size_t panel_count, const dragoman_activations *x,    \
                   size_t first_row, size_t rows, const float *bias, int accumulate, float *y, size_t ldy) {           \
    packed(PRECISION, first_panel, panel_count, (row_block){w, x, first_row, rows, bias, accumulate, y, ldy, 0});      \
  }
PACKED_PRODUCT(packed_float32, DRAGOMAN_FLOAT32)
PACKED_PRODUCT(packed_bfloat16, DRAGOMAN_BFLOAT16)
PACKED_PRODUCT(packed_int8, DRAGOMAN_INT8)
PACKED_PRODUCT(packed_int8_grouped, DRAGOMAN_INT8_GROUPED)
#undef PACKED_PRODUCT

static void packed_in_place(dragoman_precision precision, const dragoman_packed *w, const float *x, size_t ldx,
                            size_t rows, const float *bias, float *y, size_t ldy) {
  const size_t panels = (w->columns + PANEL_COLUMNS - 1) / PANEL_COLUMNS;
  __builtin_assume(ldx != 0);
  // Four bytes of an activation, as prepared ones of float32 have.
  dragoman_activations as_they_are = {.elements = (int32_t *)x};
  if (precision == DRAGOMAN_FLOAT32) {
    as_they_are.tile_rows = FLOAT32_TILE_ROWS;
    packed(DRAGOMAN_FLOAT32, 0, panels, (row_block){w, &as_they_are, 0, rows, bias, 0, y, ldy, ldx});
  } else {
    as_they_are.tile_rows = WIDENED_TILE_ROWS;
    packed(DRAGOMAN_BFLOAT16, 0, panels, (row_block){w, &as_they_are, 0, rows, bias, 0, y, ldy, ldx});
  }
}
