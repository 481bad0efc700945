#!/usr/bin/env bash
# Regenerates ../Generated from the .proto files here. Needs Debian's protobuf-compiler; the Swift plugin is built once, in a
# cache folder outside the repository, at the version Package.swift pins.
set -euo pipefail
cd "$(dirname "$0")"

version=1.39.0
cache="${XDG_CACHE_HOME:-$HOME/.cache}/dragoman/protoc-gen-swift-$version"

if [[ ! -x $cache/protoc-gen-swift ]]; then
  mkdir -p "$cache/Sources/Plugin"
  cat > "$cache/Package.swift" <<EOF
// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Plugin",
    dependencies: [.package(url: "https://github.com/apple/swift-protobuf", exact: "$version", traits: [])],
    targets: [.target(name: "Plugin", dependencies: [.product(name: "SwiftProtobuf", package: "swift-protobuf")])]
)
EOF
  touch "$cache/Sources/Plugin/Plugin.swift"
  swift build --package-path "$cache" -c release --product protoc-gen-swift
  ln -sf "$(swift build --package-path "$cache" -c release --show-bin-path)/protoc-gen-swift" "$cache/protoc-gen-swift"
fi

protoc --proto_path=. --plugin=protoc-gen-swift="$cache/protoc-gen-swift" \
  --swift_out=../Generated --swift_opt=Visibility=Public --swift_opt=FileNaming=PathToUnderscores \
  dragoman/v1/*.proto
