#!/usr/bin/env bash
# stage.sh BUILD RESOLVED DPKG IMAGE
#
# Puts into the folder IMAGE what the image has besides Debian's packages: the programs in BUILD without their symbols, the
# Swift libraries they need at the places where they look for them, and a list of all that is in the image (SPDX), from SwiftPM's
# RESOLVED and the package database DPKG of the image's base.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$1 resolved=$2 dpkg=$3 image=$4

install -d "$image/usr/bin" "$image/usr/share/dragoman" "$image/usr/share/doc/dragoman"
for program in dragoman dragoman-gateway; do
  install -m 755 "$build/$program" "$image/usr/bin/"
  strip "$image/usr/bin/$program"
  ldd "$build/$program" | awk '$3 ~ /\/swift\/linux\// { print $3 }'
done | sort -u | while read -r library; do
  install -D -m 644 "$library" "$image$library"
  strip --strip-unneeded "$image$library"
done
install -m 644 "$here/dragoman.yaml" "$here/../LICENSE" "$image/usr/share/doc/dragoman/"
bash "$here/sbom.sh" "$resolved" "$dpkg" >"$image/usr/share/dragoman/sbom.spdx.json"
