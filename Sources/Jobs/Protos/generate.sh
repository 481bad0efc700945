#!/usr/bin/env bash
# Regenerates the Swift code from the .proto files here: messages of the topics for Jobs, the gateway's service for
# TranslationAPI. Needs Debian's protobuf-compiler and libprotobuf-dev; the Swift plugins are built once, in a cache folder
# outside the repository, at the versions Package.swift pins.
set -euo pipefail
cd "$(dirname "$0")"

protobuf=1.39.0 grpc=2.4.1
cache="${XDG_CACHE_HOME:-$HOME/.cache}/dragoman/protoc-plugins-$protobuf-$grpc"
plugins=(protoc-gen-swift protoc-gen-grpc-swift-2)

if [[ ! -x $cache/${plugins[1]} ]]; then
  mkdir -p "$cache/Sources/Plugins"
  cat > "$cache/Package.swift" <<EOF
// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Plugins",
    dependencies: [
        .package(url: "https://github.com/apple/swift-protobuf", exact: "$protobuf", traits: []),
        .package(url: "https://github.com/grpc/grpc-swift-protobuf", exact: "$grpc"),
    ],
    targets: [
        .target(
            name: "Plugins",
            dependencies: [
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
                .product(name: "GRPCProtobuf", package: "grpc-swift-protobuf"),
            ])
    ]
)
EOF
  touch "$cache/Sources/Plugins/Plugins.swift"
  for plugin in "${plugins[@]}"; do
    swift build --package-path "$cache" -c release --product "$plugin"
    ln -sf "$(swift build --package-path "$cache" -c release --show-bin-path)/$plugin" "$cache/$plugin"
  done
fi

generate() { protoc --plugin="$cache/${plugins[0]}" --plugin="$cache/${plugins[1]}" "$@"; }

generate -I . --swift_out=../Generated --swift_opt=Visibility=Public --swift_opt=FileNaming=PathToUnderscores \
  dragoman/v1/{job,result,batch}.proto

# What TranslationAPI finds in other modules.
modules=$(mktemp)
trap 'rm -f "$modules"' EXIT
cat > "$modules" <<EOF
mapping {
  module_name: "Jobs"
  proto_file_path: "dragoman/v1/job.proto"
  proto_file_path: "dragoman/v1/result.proto"
}
EOF
options=Visibility=Public,FileNaming=PathToUnderscores,ProtoPathModuleMappings=$modules
generate -I . --swift_out=../../TranslationAPI/Generated --swift_opt="$options" \
  --grpc-swift-2_out=../../TranslationAPI/Generated --grpc-swift-2_opt="$options,Server=true,Client=true" \
  dragoman/v1/translation_service.proto grpc/health/v1/health.proto
