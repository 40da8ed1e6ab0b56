#!/usr/bin/env bash
# Ten thousand idle connections, slow heads and bodies: how another client and the server's memory fare. Linux.
# The other client runs at a higher priority where that is allowed, so that the server is measured and not the wait of the client for a processor.
# usage: benchmarks/http/hostile.sh [IDLE] [SLOW_HEADS] [SLOW_BODIES] [SECONDS] [SLOW_SECONDS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
idle=${1:-10000} heads=${2:-500} bodies=${3:-200} seconds=${4:-10} slow=${5:-60}
source benchmarks/served.sh
ulimit -n "$(ulimit -Hn)"
publish benchmarks/http/Flama.Saturation probe
publish src/Flama.Cli flama
printf '%s' "$FLAMA_BODY" >"$work/body.json"
high=()
[ "$(nice -n -10 nice 2>/dev/null)" = -10 ] && high=(nice -n -10)

measure() { # NAME OPTIONS...
  echo "== $*"
  serve_flama "$1" samples/churn/churn.flm --server-no-access-log "${@:2}"
  "${high[@]}" dotnet "$work/probe/Flama.Saturation.dll" hostile "$url/predict/" "$work/body.json" "$pid" "$idle" "$heads" "$bodies" "$seconds" "$slow"
  grep -E 'WARN|ERROR' "$work/$1.log" | head -5 || true
  kill "$pid"; wait "$pid" 2>/dev/null || true
}

measure defaults
measure held --server-timeout-keep-alive 600
