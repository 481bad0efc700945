# Sourced by scripts under Tests after Config/setup.sh: clients and a broker that share no code with Dragoman.
#
#   DRAGOMAN_TOOLS_PATH  where the Python packages are kept (default: .build-tools in the repository)
tools=${DRAGOMAN_TOOLS_PATH:-$root/.build-tools}

# Python with the packages of Tests/requirements.txt, and kcat.
install_tools() {
  install_packages python3-venv kcat
  cmp -s "$root/Tests/requirements.txt" "$tools/requirements.txt" && return
  say "installing Python packages in $tools"
  python3 -m venv --clear "$tools"
  "$tools/bin/pip" install -q -r "$root/Tests/requirements.txt"
  cp "$root/Tests/requirements.txt" "$tools/"
}

# Starts noida-db on a free port and a folder of its own: sets broker_address and broker_process.
start_independent_broker() {
  local folder=$1 port
  port=$("$tools/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  mkdir -p "$folder/data"
  "$tools/bin/noida-db" start --only kafka --kafka-port "$port" --data-dir "$folder/data" >"$folder/log" 2>&1 &
  broker_process=$!
  broker_address=127.0.0.1:$port
  for _ in $(seq 100); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && return
    kill -0 "$broker_process" 2>/dev/null || break
    sleep 0.1
  done
  cat "$folder/log" >&2
  say "the independent broker did not start"
  return 1
}
