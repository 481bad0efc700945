// The kernels, written once and compiled once per instruction set. The including file sets KERNEL_TABLE (the table's
// name), TILE_ROWS (rows of a register tile of few_rows), the target, and which primitives to use.
#include "CKernels.h"
#include <math.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

// Vectors wider than the target's registers are passed between functions that are all inlined: no ABI is at stake.
#pragma clang diagnostic ignored "-Wpsabi"

#include "vector.h"
// In this order: each builds on the ones before.
#include "matrix.h"
#include "rows.h"
#include "attention.h"
#include "primitives.h"
#include "packed.h"
#include "activations.h"
#include "peak.h"

const dragoman_kernels KERNEL_TABLE = {
    .few_rows = few_rows,
    .layer_norm = layer_norm,
    .softmax = softmax,
    .gelu = gelu,
    .gelu_tanh = gelu_tanh,
    .silu = silu,
    .relu = relu,
    .gated = gated,
    .maximum = maximum,
    .sum_exp = sum_exp,
    .first_above = first_above,
    .attend = attend,
    .tile_rows =
        {
            [DRAGOMAN_FLOAT32] = FLOAT32_TILE_ROWS,
            [DRAGOMAN_BFLOAT16] = WIDENED_TILE_ROWS,
            [DRAGOMAN_INT8] = WIDENED_TILE_ROWS,
            [DRAGOMAN_INT8_GROUPED] = GROUPED_TILE_ROWS,
        },
    .activation_words = activation_words,
    .prepare = prepare,
    .packed =
        {
            [DRAGOMAN_FLOAT32] = packed_float32,
            [DRAGOMAN_BFLOAT16] = packed_bfloat16,
            [DRAGOMAN_INT8] = packed_int8,
            [DRAGOMAN_INT8_GROUPED] = packed_int8_grouped,
        },
    .packed_in_place = packed_in_place,
    .peak = peak,
};
