#!/usr/bin/env bash
# Builds the documentation with DocC, where a warning is an error, and checks that what Markdown files link to is there.
# Expects the tests to be built, as Tests/run.sh does.
#
#   Tests/documentation.sh [FOLDER]   FOLDER  where the pages go, for any web server, in `dragoman` and `DragomanClient`
#                                             (default: nowhere)
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/Config/setup.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pages=${1:-$work/pages}

# What a module has for others, from how it was built: `swift package dump-symbol-graph` would build all of it anew.
symbols() {
  local map clang=()
  while IFS= read -r map; do clang+=(-Xcc "-fmodule-map-file=$map"); done < <(
    find "$root/Sources" "$build_path/checkouts" -path '*/Sources/*' -name module.modulemap
    find -L "$build_path/release" -maxdepth 2 -path '*.build/module.modulemap' -not -path '*-tool.build/*')
  mkdir -p "$work/symbols"
  swift symbolgraph-extract -module-name "$1" -minimum-access-level public -output-dir "$work/symbols" \
    -target "$(swift -print-target-info | sed -n 's/.*"triple": "\(.*\)",/\1/p')" -I "$build_path/release/Modules" "${clang[@]}"
}

convert() {
  local graph=$work/$1
  mkdir -p "$graph" "$pages"
  # Extensions of other modules (`X@Y.symbols.json`) are pages of theirs.
  cp "$work/symbols/$1.symbols.json" "$graph/"
  docc convert "$root/Sources/$1/$1.docc" --additional-symbol-graph-dir "$graph" --fallback-display-name "$1" \
    --fallback-bundle-identifier "$1" --warnings-as-errors --output-path "$pages/$1"
}

symbols dragoman
symbols DragomanClient
convert dragoman
convert DragomanClient

missing=0
while IFS= read -r -d '' file; do
  while IFS= read -r link; do
    [ -e "$(dirname "$file")/${link%%#*}" ] || { say "$file links to $link, which is not there"; missing=1; }
  done < <(grep -oE '\]\([^)[:space:]]+\)' "$file" | sed 's/^](//; s/)$//' | grep -vE '^(https?:|mailto:|#)' || true)
# Pictures of articles are found by name, by DocC.
done < <(find "$root" -name '*.md' -not -path '*/.*' -not -path '*.docc/*' -print0)
exit "$missing"
