#!/usr/bin/env bash
# Requests per second of a served model against a bare Kestrel echo, in turn, several rounds. Needs wrk.
# usage: benchmarks/http/run.sh [ROUNDS] [SECONDS] [CONNECTIONS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
rounds=${1:-5} seconds=${2:-5} connections=${3:-32}
command -v wrk >/dev/null || { echo "wrk is not installed (Debian: apt-get install wrk)."; exit 2; }

work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
dotnet publish benchmarks/http/Flama.EchoServer -c Release -o "$work/echo" -v quiet
dotnet publish src/Flama.Cli -c Release -o "$work/flama" -v quiet

# Waits for a line that holds an address, while the process lives.
address() {
  local file=$1 pid=$2 found
  until found=$(grep -m1 -oE 'http://127\.0\.0\.1:[0-9]+' "$file" 2>/dev/null); do
    kill -0 "$pid" 2>/dev/null || { cat "$file" >&2; exit 1; }
    read -r -t 0.05 <> <(:) || true
  done
  echo "$found"
}

dotnet "$work/echo/Flama.EchoServer.dll" >"$work/echo.log" 2>&1 & pids+=($!); echo_pid=$!
dotnet "$work/flama/flama.dll" serve samples/churn/churn.flm --server-port 0 >"$work/flama.log" 2>&1 & pids+=($!); flama_pid=$!
echo_url=$(address "$work/echo.log" "$echo_pid")
flama_url=$(address "$work/flama.log" "$flama_pid")

FLAMA_BODY="{\"input\":$(tr -d '\n' < samples/churn/input.json)}"
export FLAMA_BODY
rss() { awk '/VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$1/status"; }
echo "RSS after start: echo $(rss "$echo_pid") MB, flama $(rss "$flama_pid") MB"

load() { wrk -t1 -c"$connections" -d"$2s" --latency -s benchmarks/http/post.lua "$1" >"$work/wrk.txt"; }
field() { awk -v key="$1" '$1 == key { print $2; exit }' "$work/wrk.txt"; }
load "$echo_url/predict/" 2
load "$flama_url/predict/" 2

printf '%-6s %12s %9s %9s   %12s %9s %9s   %s\n' round 'echo req/s' p50 p99 'flama req/s' p50 p99 ratio
ratios=()
for round in $(seq "$rounds"); do
  load "$echo_url/predict/" "$seconds"
  a=$(field Requests/sec:) ap50=$(field 50%) ap99=$(field 99%)
  load "$flama_url/predict/" "$seconds"
  b=$(field Requests/sec:) bp50=$(field 50%) bp99=$(field 99%)
  grep -E 'Non-2xx|Socket errors' "$work/wrk.txt" || true
  ratio=$(awk -v a="$a" -v b="$b" 'BEGIN { printf "%.3f", b / a }')
  ratios+=("$ratio")
  printf '%-6s %12s %9s %9s   %12s %9s %9s   %s\n' "$round" "$a" "$ap50" "$ap99" "$b" "$bp50" "$bp99" "$ratio"
done
echo "RSS after load: echo $(rss "$echo_pid") MB, flama $(rss "$flama_pid") MB"
printf '%s\n' "${ratios[@]}" | sort -n | awk '{ r[NR] = $1 } END { print "median ratio flama/echo: " r[int((NR + 1) / 2)] }'
