# Sourced by Config/quickstart.sh and Tests/run.sh: what both need before they can start.
# Expects `root`, the repository's folder.

# One build configuration for quickstart, tests and CI, so that each reuses what another has built.
build_flags=(-c release -Xswiftc -enable-testing)
# Where the build goes; CI names a folder outside the clone, so that later runs find the dependencies built.
build_path=${DRAGOMAN_BUILD_PATH:-$root/.build}

say() { printf '%s\n' "$*" >&2; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# Installs those of the Debian packages that are missing.
install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}\n' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ "${#missing[@]}" = 0 ] && return
  say "installing ${missing[*]}"
  # A mirror that fails once need not fail a test run.
  as_root apt-get -o Acquire::Retries=3 update -qq
  DEBIAN_FRONTEND=noninteractive as_root apt-get -o Acquire::Retries=3 install -y -qq --no-install-recommends "${missing[@]}" >&2
}

install_build_packages() {
  command -v swift >/dev/null || { say "Swift 6.2 or later is needed; see https://www.swift.org/install"; exit 2; }
  install_packages librdkafka-dev libsndfile1-dev libopenblas-dev libsoxr-dev libcurl4-openssl-dev libsqlite3-dev pkg-config
}

swift_build() { swift build --package-path "$root" --scratch-path "$build_path" "${build_flags[@]}" "$@"; }

# Waits until a broker, given by its process, has written where it listens; a busy disk may take seconds to start it.
wait_for_broker() {
  local process=$1 properties=$2
  for _ in $(seq 600); do
    grep -q '^bootstrap.servers=' "$properties" && return
    kill -0 "$process" 2>/dev/null || break
    sleep 0.1
  done
  say "the embedded broker did not start"
  return 1
}
