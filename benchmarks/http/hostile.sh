#!/usr/bin/env bash
# Ten thousand idle connections, slow heads and bodies: how another client and the server's memory fare. Linux.
# The other client runs at a higher priority where that is allowed, so that the server is measured and not the wait of the client for a processor.
# usage: benchmarks/http/hostile.sh [IDLE] [SLOW_HEADS] [SLOW_BODIES] [SECONDS] [SLOW_SECONDS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
idle=${1:-10000} heads=${2:-500} bodies=${3:-200} seconds=${4:-10} slow=${5:-60}
ulimit -n "$(ulimit -Hn)"

work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
dotnet publish benchmarks/http/Flama.Saturation -c Release -o "$work/probe" -v quiet
dotnet publish src/Flama.Cli -c Release -o "$work/flama" -v quiet
printf '{"input":%s}' "$(tr -d '\n' < samples/churn/input.json)" >"$work/body.json"
high=()
nice -n -10 true 2>/dev/null && [ "$(nice -n -10 nice 2>/dev/null)" = -10 ] && high=(nice -n -10)

measure() { # NAME OPTIONS...
  local log="$work/$1.log" pid url
  echo "== $*"
  shift
  dotnet "$work/flama/flama.dll" serve samples/churn/churn.flm --server-port 0 --server-no-access-log "$@" >"$log" 2>&1 & pid=$!; pids+=("$pid")
  until url=$(grep -m1 'running on' "$log" | grep -oE 'http://127\.0\.0\.1:[0-9]+'); do
    kill -0 "$pid" 2>/dev/null || { cat "$log" >&2; exit 1; }
    read -r -t 0.05 <> <(:) || true
  done
  "${high[@]}" dotnet "$work/probe/Flama.Saturation.dll" hostile "$url/predict/" "$work/body.json" "$pid" "$idle" "$heads" "$bodies" "$seconds" "$slow"
  grep -E 'WARN|ERROR' "$log" | head -5 || true
  kill "$pid"; wait "$pid" 2>/dev/null || true
}

measure defaults
measure held --server-timeout-keep-alive 600
