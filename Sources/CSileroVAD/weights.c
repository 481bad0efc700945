#include "silero_vad.h"

// #embed is C23; Clang has it in every mode, with a warning.
#pragma clang diagnostic ignored "-Wc23-extensions"

static _Alignas(64) const unsigned char bytes[] = {
#embed "silero_vad_16k.safetensors"
};

const unsigned char *dragoman_silero_vad_bytes(void) { return bytes; }
size_t dragoman_silero_vad_size(void) { return sizeof bytes; }
