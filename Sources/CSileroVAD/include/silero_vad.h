// The weights of Silero VAD for 16 kHz, as PyPI's silero-vad 6.2.3 ships them (MIT, see LICENSE), in the executable.
#pragma once
#include <stddef.h>

// A whole safetensors file, and its length.
const unsigned char *dragoman_silero_vad_bytes(void);
size_t dragoman_silero_vad_size(void);
