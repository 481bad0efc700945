#define KERNEL_TABLE dragoman_kernels_baseline
// Sixteen 128-bit registers: a lane vector takes two of them.
#define TILE_ROWS 3
#include "kernels.h"
