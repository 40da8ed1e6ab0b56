#!/usr/bin/env bash
# Installs the servers that the tests of stores of objects talk to (package.json here), once, into PEERS_DIRECTORY, where the tests look for them.
# Prints why when it cannot; the tests then skip and say so.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=${PEERS_DIRECTORY:-${XDG_CACHE_HOME:-$HOME/.cache}/flama-peers}

command -v npm >/dev/null 2>&1 || { echo "peers: npm is not installed; the tests of S3 and Azure Blob will be skipped."; exit 0; }
if ! cmp -s "$here/package.json" "$target/installed.json"; then
  mkdir -p "$target"
  cp "$here/package.json" "$target/package.json"
  npm install --prefix "$target" --no-audit --no-fund --silent >/dev/null 2>&1 \
    || { echo "peers: npm cannot install s3rver and azurite; the tests of S3 and Azure Blob will be skipped."; exit 0; }
  cp "$here/package.json" "$target/installed.json"
fi
