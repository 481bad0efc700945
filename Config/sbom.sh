#!/usr/bin/env bash
# sbom.sh RESOLVED DPKG
#
# Prints what is in the image as SPDX 2.3 in JSON: Debian's packages from the database in the folder DPKG, and Swift's from the
# RESOLVED file of SwiftPM. SOURCE_DATE_EPOCH sets its time.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
resolved=$1 dpkg=$2
version=$(sed -n 's/^ARG VERSION=//p' "$here/Containerfile" | head -n 1)
swift=$(sed -n 's/^ARG SWIFT=.*swift:\([0-9.]*\).*/\1/p' "$here/Containerfile")
created=$(date -u -d "@${SOURCE_DATE_EPOCH:-$(date +%s)}" +%Y-%m-%dT%H:%M:%SZ)

# Name, version and purl on each line.
{
  dpkg-query --admindir="$dpkg" -W -f='${db:Status-Abbrev}\t${Package}\t${Version}\t${Architecture}\n' |
    awk -F'\t' '$1 ~ /^ii/ { print $2 "\t" $3 "\tpkg:deb/debian/" $2 "@" $3 "?arch=" $4 }'
  awk -F'"' '
    $2 == "identity" { name = $4 }
    $2 == "location" { location = $4; sub(/^https:\/\//, "", location); sub(/\.git$/, "", location) }
    $2 == "version" && name != "" { print name "\t" $4 "\tpkg:swift/" location "@" $4; name = "" }
  ' "$resolved"
  printf 'swift-runtime\t%s\tpkg:generic/swift-runtime@%s\n' "$swift" "$swift"
} | sort -u | awk -F'\t' -v created="$created" -v version="$version" '
  function quoted(text) { gsub(/\\/, "\\\\", text); gsub(/"/, "\\\"", text); return "\"" text "\"" }
  function package(id, name, version, purl) {
    printf "    {\"SPDXID\": %s, \"name\": %s, \"versionInfo\": %s, \"downloadLocation\": \"NOASSERTION\", ", \
      quoted(id), quoted(name), quoted(version)
    printf "\"filesAnalyzed\": false, \"licenseConcluded\": \"NOASSERTION\", \"licenseDeclared\": \"NOASSERTION\", "
    printf "\"copyrightText\": \"NOASSERTION\", \"externalRefs\": [{\"referenceCategory\": \"PACKAGE-MANAGER\", "
    printf "\"referenceType\": \"purl\", \"referenceLocator\": %s}]}", quoted(purl)
  }
  BEGIN {
    print "{"
    print "  \"spdxVersion\": \"SPDX-2.3\", \"dataLicense\": \"CC0-1.0\", \"SPDXID\": \"SPDXRef-DOCUMENT\","
    print "  \"name\": " quoted("dragoman-" version) ", \"documentNamespace\": " \
      quoted("https://spdx.org/spdxdocs/dragoman-" version "-" created) ","
    print "  \"creationInfo\": {\"created\": " quoted(created) ", \"creators\": [\"Tool: dragoman-sbom\"]},"
    print "  \"packages\": ["
    package("SPDXRef-dragoman", "dragoman", version, "pkg:generic/dragoman@" version)
  }
  { printf ",\n"; package("SPDXRef-" NR, $1, $2, $3) }
  END {
    print "\n  ],\n  \"relationships\": ["
    printf "    {\"spdxElementId\": \"SPDXRef-DOCUMENT\", \"relationshipType\": \"DESCRIBES\", \"relatedSpdxElement\": \"SPDXRef-dragoman\"}"
    for (number = 1; number <= NR; number++)
      printf ",\n    {\"spdxElementId\": \"SPDXRef-dragoman\", \"relationshipType\": \"CONTAINS\", \"relatedSpdxElement\": \"SPDXRef-%d\"}", number
    print "\n  ]\n}"
  }'
