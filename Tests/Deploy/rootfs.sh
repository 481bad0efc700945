#!/usr/bin/env bash
# Proves the recipe of the image without a container engine: debootstrap makes the base, with the packages that Config/Containerfile
# names, Config/stage.sh adds the programs, and inside, as a user who is nobody, without capabilities and on a root that can't be
# written to, a recording is translated, and a worker and a gateway work on jobs. Prints the size and the packages.
#
#   sudo bash Tests/Deploy/rootfs.sh [FOLDER]     keeps the tree in FOLDER; with a tree there already, it is used again
#
# Needs root, for chroot and mounts, and some minutes: it is run by hand, and not by Tests/run.sh.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/Config/setup.sh"
. "$root/Tests/tools.sh"
[ "$(id -u)" = 0 ] || { say "rootfs.sh: root is needed for chroot and mounts"; exit 2; }

work=$(mktemp -d)
tree=${1:-$work/tree}
processes=()
broker_process=
finish() {
  local status=$?
  trap - EXIT
  [ "${#processes[@]}" = 0 ] || kill -9 "${processes[@]}" 2>/dev/null || true
  [ -z "$broker_process" ] || stop_server "$broker_process"
  wait 2>/dev/null || true
  [ "$status" = 0 ] || tail -n 20 "$work"/*.log >&2 2>/dev/null || true
  for place in "${mounts[@]}"; do umount "$place" 2>/dev/null || true; done
  rm -rf "$work"
  exit "$status"
}
mounts=()
trap finish EXIT

# The packages of the stage that the image is made from: what stands between its FROM and the next.
packages=$(awk '/^FROM .* AS runtime/ { inside = 1; next } /^FROM / { inside = 0 } inside' "$root/Config/Containerfile" |
  tr '\n' ' ' | sed 's/\\//g; s/.*--no-install-recommends//; s/&&.*//' | xargs | tr ' ' ',')
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
[ "$suite" = bookworm ] || { say "rootfs.sh: the image is made of bookworm, this is $suite"; exit 2; }

install_build_packages
install_packages debootstrap
install_tools
if [ ! -x "$tree/usr/bin/dragoman" ]; then
  for product in dragoman dragoman-gateway; do swift_build --product "$product" >&2; done
  mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' "Created-By: Packages" | awk '$2 == "bookworm" { print $1; exit }')
  say "making the tree with $packages"
  debootstrap --variant=minbase --include="$packages" bookworm "$tree" "$mirror" >"$work/debootstrap.log"
  # As the last part of the same line does, and as the slim image has it.
  rm -rf "$tree"/var/lib/apt/lists/* "$tree"/var/cache/apt/* "$tree"/var/log/* "$tree"/usr/share/{doc,man,locale,info}/*
  bash "$root/Config/stage.sh" "$build_path/release" "$root/Package.resolved" "$tree/var/lib/dpkg" "$tree"
fi

# What a container has: a root that can't be written to, /proc, a few devices, /tmp, and volumes.
jail=$work/jail
mkdir -p "$jail" "$work/index"
chown 65532:65532 "$work/index"
put() { mount "$@"; mounts=("${@: -1}" "${mounts[@]}"); }
mkdir -p "$tree"/{models,audio,index,etc/dragoman}
touch "$tree/dev/null" "$tree/dev/urandom"
put --bind "$tree" "$jail"
put -t proc -o nosuid,noexec,nodev proc "$jail/proc"
put -t tmpfs -o size=64m,mode=1777 tmpfs "$jail/tmp"
put --bind "$work/index" "$jail/index"
put --bind "$root/Tests/Fixtures/demo-model/model" "$jail/models"
put --bind "$root/Tests/Fixtures/demo-model/samples" "$jail/audio"
for place in models audio; do mount -o remount,ro,bind "$jail/$place"; done
mount -o remount,ro,bind,nosuid "$jail"

# The user, group and capabilities of the chart's pods.
inside() {
  exec chroot "$jail" env -i PATH=/usr/bin:/bin HOME=/tmp setpriv --reuid 65532 --regid 65532 --clear-groups --no-new-privs \
    --inh-caps=-all --bounding-set=-all -- "$@"
}

user=$(inside id -u) capabilities=$(inside awk '/^CapEff/ { print $2 }' /proc/self/status)
say "user $user, capabilities $capabilities"
[ "$user" = 65532 ] && [ "$capabilities" = 0000000000000000 ]
if (inside touch /written) 2>/dev/null || (inside touch /etc/dragoman/written) 2>/dev/null; then
  say "rootfs.sh: the root can be written to"; exit 1
fi
say "the root can't be written to"

sample=fr-june-confbridge-lock-no-join.wav
expected=$(awk -F'\t' -v name=$sample '$1 == name { print $5 }' "$root/Tests/Fixtures/demo-model/samples/samples.tsv")
found=$( (inside dragoman translate --model /models "/audio/$sample") 2>"$work/translate.log")
case $found in *"$expected"*) say "translated: $found" ;; *) say "rootfs.sh: '$found' instead of '$expected'"; exit 1 ;; esac

start_independent_broker "$work/broker"
(inside dragoman topics create --brokers "$broker_address" --partitions 4) >"$work/topics.log" 2>&1
(inside dragoman worker --brokers "$broker_address" --model /models --audio-root /audio --name rootfs) >"$work/worker.log" 2>&1 &
processes+=($!)
(inside dragoman-gateway --brokers "$broker_address" --index /index/index.sqlite --listen 127.0.0.1:0) \
  >"$work/gateway.out" 2>"$work/gateway.log" &
processes+=($!)
for _ in $(seq 300); do grep -q '^listening=' "$work/gateway.out" && break; sleep 0.1; done
gateway=$(sed -n 's/^listening=//p' "$work/gateway.out")
batch=$( (inside dragoman submit --gateway "$gateway" --gateway-plaintext "/audio/$sample") 2>"$work/submit.log")
found=$( (inside dragoman gather "$batch" --gateway "$gateway" --gateway-plaintext --timeout 60 --format tsv) 2>"$work/gather.log")
case $found in *"$expected"*) say "through gateway and worker: the same" ;; *) say "rootfs.sh: gathered '$found'"; exit 1 ;; esac
kill -TERM "${processes[@]}"
for process in "${processes[@]}"; do wait "$process" || { say "rootfs.sh: a process ended with exit code $?"; exit 1; }; done
processes=()
say "worker and gateway ended with exit code 0 on SIGTERM"

"$tools/bin/python" - "$tree/usr/share/dragoman/sbom.spdx.json" <<'PYTHON'
import json
import sys

bill = json.load(open(sys.argv[1]))
names = {package["name"] for package in bill["packages"]}
ids = [package["SPDXID"] for package in bill["packages"]]
assert bill["spdxVersion"] == "SPDX-2.3" and len(ids) == len(set(ids))
assert {"librdkafka1", "libopenblas0-pthread", "libsndfile1", "grpc-swift-2", "swift-nio", "swift-runtime"} <= names
assert len(bill["relationships"]) == len(ids)
print(f"sbom.spdx.json: {len(ids)} packages", file=sys.stderr)
PYTHON

say "$(du -sm --exclude=proc "$tree" | cut -f1) MB; programs $(du -cm "$tree"/usr/bin/dragoman* | tail -n 1 | cut -f1) MB, Swift's libraries $(
  find "$tree" -xdev -path '*/swift/linux/*.so' -print0 | du -cm --files0-from=- | tail -n 1 | cut -f1) MB"
dpkg-query --admindir="$tree/var/lib/dpkg" -W -f='${Package} ${Version} ${Installed-Size}\n'
