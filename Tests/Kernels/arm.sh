#!/usr/bin/env bash
# Checks the kernels that 64-bit Arm gets: compiles them for it, and runs check.c in an emulator. Then the same for this
# machine, with every table it has.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/Config/setup.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Clang compiles for Arm as it is; it lacks the C library for it, and a linker.
install_packages qemu-user gcc-aarch64-linux-gnu libc6-dev-arm64-cross
clang=$(command -v clang) || { install_packages clang; clang=clang; }
sources=("$root"/Sources/CKernels/*.c "$root/Tests/Kernels/check.c")
# Those of the package.
flags=(-O3 -fno-math-errno -ffp-contract=fast -Wall -Wextra -Werror -I "$root/Sources/CKernels/include")

"$clang" --target=aarch64-linux-gnu "${flags[@]}" "${sources[@]}" -lm -o "$work/arm"
say "64-bit Arm, emulated"
qemu-aarch64 -L /usr/aarch64-linux-gnu "$work/arm"
say "this machine"
"$clang" "${flags[@]}" "${sources[@]}" -lm -o "$work/native"
"$work/native"
