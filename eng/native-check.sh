#!/usr/bin/env bash
# Publishes the tool as native code (NativeAOT), with every warning an error, and compares its answers with those of the usual build.
# Skipped with its reason where the linker is absent. Leaves nothing behind.
# Usage: eng/native-check.sh      (after a Release build)
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
server=
stop() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT
fail() { echo "native-check: $*" >&2; exit 1; }

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
if ! command -v gcc >/dev/null 2>&1 && ! command -v clang >/dev/null 2>&1; then
  echo "native-check is skipped: native code needs clang or gcc."
  exit 0
fi

echo "Publishing native code"
architecture=$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
publish=(dotnet publish "$root/src/Flama.Cli" -c Release -r "linux-$architecture" -p:PublishAot=true -warnaserror -v quiet -o "$work/native" --artifacts-path "$work/artifacts")
if ! "${publish[@]}" > "$work/log" 2>&1; then
  if grep -qE "error NU110[0-9]|error NETSDK1(094|207)" "$work/log"; then
    echo "native-check is skipped: the native compiler's package is not available."
    exit 0
  fi
  cat "$work/log"
  fail "publishing failed"
fi

model=$(ls "$root"/tests/fixtures/flm/churn__g3-*zstd*.flm | head -n 1)
native=$work/native/flama
managed=$root/src/Flama.Cli/bin/Release/net10.0/flama

# Starts a server, and sets url when it listens.
serve() {
  rm -f "$work/log"
  mkfifo "$work/log"
  "$1" serve "$model" --server-port 0 > "$work/log" 2>&1 &
  server=$!
  exec 3< "$work/log"
  url=
  while [ -z "$url" ] && read -r line <&3; do
    case $line in *"running on"*) url=$(grep -o 'http://127.0.0.1:[0-9]*' <<< "$line") ;; esac
  done
  [ -n "$url" ] || fail "$1 does not serve"
}

for program in native managed; do
  "${!program}" model "$model" inspect > "$work/$program.inspect"
  serve "${!program}"
  curl -sf "$url/schema/" > "$work/$program.schema"
  curl -sf "$url/" > "$work/$program.root"
  curl -s -X POST -H 'Content-Type: application/json' -d '{"input":[[1]]}' "$url/predict/" > "$work/$program.refused"
  kill "$server"
  wait "$server" || fail "$program did not stop in order"
  server=
done
for answer in inspect schema root refused; do
  cmp "$work/native.$answer" "$work/managed.$answer" || fail "the answers differ: $answer"
done
echo "Native code starts, serves and answers as the usual build: $(stat -c %s "$native") bytes."
"$root/eng/image-check.sh" "$work/native"
