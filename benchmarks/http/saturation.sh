#!/usr/bin/env bash
# A server under more load than it can answer: how long health, accepted and refused requests take. Needs wrk.
# The probes run at a higher priority where that is allowed, so that the server is measured and not the wait of the probe for a processor.
# usage: benchmarks/http/saturation.sh [SECONDS] [CONNECTIONS] [ROWS] [PAUSE]   PAUSE: milliseconds that a client waits before its next request
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source benchmarks/served.sh
needs wrk wrk
seconds=${1:-10} connections=${2:-64} rows=${3:-1000} FLAMA_PAUSE=${4:-50}

publish benchmarks/http/Flama.Saturation probe
publish src/Flama.Cli flama

row=$(tr -d '\n' < samples/churn/input.json | sed 's/^\[//; s/\]$//')
{ printf '{"input":[%s' "$row"; for _ in $(seq 2 "$rows"); do printf ',%s' "$row"; done; printf ']}'; } > "$work/body.json"
FLAMA_BODY=$(cat "$work/body.json")
export FLAMA_BODY FLAMA_PAUSE
high=()
nice -n -10 true 2>/dev/null && [ "$(nice -n -10 nice 2>/dev/null)" = -10 ] && high=(nice -n -10)

measure() { # NAME OPTIONS...
  local name=$1 health
  shift
  serve_flama "$name" samples/churn/churn.flm --health-port 0 --server-no-access-log "$@"
  health=$(grep -m1 'Health is at' "$work/$name.log" | grep -oE 'http://127\.0\.0\.1:[0-9]+')
  wrk -t1 -c4 -d2s -s benchmarks/http/post.lua "$url/predict/" >/dev/null
  wrk -t1 -c"$connections" -d"$((seconds + 2))s" -s benchmarks/http/post.lua "$url/predict/" >"$work/wrk.txt" & pids+=("$!")
  echo "== $name: $* ($connections connections, $rows rows per request, a pause of $FLAMA_PAUSE ms)"
  "${high[@]}" dotnet "$work/probe/Flama.Saturation.dll" "$health/health/live" "$url/predict/" "$work/body.json" "$seconds"
  wait "${pids[-1]}" || true
  grep -E 'Requests/sec|Non-2xx' "$work/wrk.txt" || true
  kill "$pid"; wait "$pid" 2>/dev/null || true
}

measure unlimited
measure limited --server-limit-model-concurrency "$(nproc)" --server-limit-model-queue 8 --server-timeout-request 1
