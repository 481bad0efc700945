// Counts what a thread allocates. The process' malloc and its relatives are replaced by ones that count and then do what
// the C library does.
#pragma once
#include <stdint.h>

// Allocations of the calling thread since it began.
uint64_t dragoman_allocation_count(void);
