# prefetch.sh SOURCE TARGET MODEL...
#
# Has each MODEL in the folder TARGET, and in the page cache: PATH, or PATH=CHECKPOINT:PRECISION where it is converted from a
# checkpoint. What is missing is copied from the folder SOURCE, or lies in TARGET already where SOURCE is '-'. Nothing that
# is there is written to, since workers map it; what is new appears under its name when it is complete.
set -euo pipefail
umask 022
source=$1 target=$2
shift 2

have() {
  local path=$1 part
  [ -e "$target/$path" ] && return
  if [ "$source" = - ]; then
    echo "$target/$path: not there, and nowhere to copy it from" >&2
    return 1
  fi
  echo "copying $path" >&2
  mkdir -p "$(dirname "$target/$path")"
  part=$target/.part
  rm -rf "$part"
  cp -rL "$source/$path" "$part"
  chmod -R u+w,a+rX "$part"
  sync -f "$part"
  mv -T "$part" "$target/$path"
}

for model in "$@"; do
  path=${model%%=*}
  if [ "$path" = "$model" ]; then
    have "$path"
  elif [ ! -e "$target/$path" ]; then
    recipe=${model#*=}
    have "${recipe%:*}"
    echo "converting ${recipe%:*}" >&2
    mkdir -p "$(dirname "$target/$path")"
    dragoman convert "$target/${recipe%:*}" "$target/$path" --precision "${recipe##*:}" --no-progress
    chmod a+r "$target/$path"
  fi
  find -L "$target/$path" -type f -exec cat {} + >/dev/null
done
