#!/usr/bin/env bash
# Large requests under a heap limit: what is answered, and what the process holds before, during and after. Needs python3.
# usage: benchmarks/memory/run.sh [HEAP_MB] [ONE_AFTER_ANOTHER] [AT_ONCE] [ROUNDS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
heap=${1:-256} single=${2:-200} parallel=${3:-8} rounds=${4:-10}

work=$(mktemp -d)
pid=
trap '[[ -z $pid ]] || kill "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT
dotnet publish src/Flama.Cli -c Release -o "$work/flama" -v quiet

DOTNET_GCHeapHardLimit=$(printf '0x%X' $((heap << 20))) \
  dotnet "$work/flama/flama.dll" serve tests/fixtures/flm/xor__g3-v2.1.0-p2__zstd__sk1.4.2.flm --server-port 0 --server-no-access-log >"$work/out" 2>"$work/log" & pid=$!
until url=$(grep -m1 -oE 'running on http://127\.0\.0\.1:[0-9]+' "$work/log"); do
  kill -0 "$pid" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
  read -r -t 0.05 <> <(:) || true
done

echo "heap limit $heap MB"
python3 benchmarks/memory/load.py "${url#running on }" "$pid" "$single" "$parallel" "$rounds"
if grep -E 'ERROR|^ +at ' "$work/log"; then exit 1; fi
