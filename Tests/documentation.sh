#!/usr/bin/env bash
# Builds the articles with DocC, where a warning is an error, and checks that what Markdown files link to is there.
#
#   Tests/documentation.sh [FOLDER]   FOLDER  where the pages go, for any web server (default: nowhere)
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/symbols"
# A command has no public symbols: its symbol graph is its name.
cat >"$work/symbols/dragoman.symbols.json" <<'JSON'
{"metadata": {"formatVersion": {"major": 0, "minor": 6, "patch": 0}, "generator": "Dragoman"},
 "module": {"name": "dragoman", "platform": {"architecture": "x86_64", "vendor": "unknown",
  "operatingSystem": {"name": "linux"}}}, "symbols": [], "relationships": []}
JSON
docc convert "$root/Sources/dragoman/dragoman.docc" --additional-symbol-graph-dir "$work/symbols" \
  --fallback-display-name Dragoman --fallback-bundle-identifier dragoman --warnings-as-errors \
  --output-path "${1:-$work/pages}"

missing=0
while IFS= read -r -d '' file; do
  while IFS= read -r link; do
    [ -e "$(dirname "$file")/${link%%#*}" ] || { echo "$file links to $link, which is not there" >&2; missing=1; }
  done < <(grep -oE '\]\([^)[:space:]]+\)' "$file" | sed 's/^](//; s/)$//' | grep -vE '^(https?:|mailto:|#)' || true)
# Pictures of articles are found by name.
done < <(find "$root" -name '*.md' -not -path '*/.*' -not -path '*.docc/*' -print0)
exit "$missing"
