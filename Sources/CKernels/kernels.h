// The kernels, written once over vectors of eight lanes and compiled once per instruction set. The including file sets
// KERNEL_TABLE (the table's name), TILE_ROWS and PANEL_ROWS (rows of a register tile) and the target.
#include "CKernels.h"
#include <math.h>
#include <string.h>

// Vectors wider than the target's registers are passed between functions that are all inlined: no ABI is at stake.
#pragma clang diagnostic ignored "-Wpsabi"

#include "vector.h"
// In this order: each builds on the ones before.
#include "matrix.h"
#include "rows.h"
#include "attention.h"

const dragoman_kernels KERNEL_TABLE = {
    .few_rows = few_rows,
    .panels = panels,
    .layer_norm = layer_norm,
    .softmax = softmax,
    .gelu = gelu,
    .gelu_tanh = gelu_tanh,
    .silu = silu,
    .relu = relu,
    .gated = gated,
    .maximum = maximum,
    .sum_exp = sum_exp,
    .attend = attend,
};
