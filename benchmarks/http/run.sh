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

cpu_ticks() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }
ticks_per_second=$(getconf CLK_TCK)
load() { wrk -t1 -c"$connections" -d"$2s" --latency -s benchmarks/http/post.lua "$1" >"$work/wrk.txt"; }
field() { awk -v key="$1" '$1 == key { print $2; exit }' "$work/wrk.txt"; }
load "$echo_url/predict/" 2
load "$flama_url/predict/" 2

measure() { # URL PID: sets rate, p50, p99, cpu (µs of processor time a request)
  local before after requests
  before=$(cpu_ticks "$2")
  load "$1/predict/" "$seconds"
  after=$(cpu_ticks "$2")
  rate=$(field Requests/sec:) p50=$(field 50%) p99=$(field 99%)
  requests=$(awk '$2 == "requests" { print $1; exit }' "$work/wrk.txt")
  cpu=$(awk -v t="$((after - before))" -v hz="$ticks_per_second" -v n="$requests" 'BEGIN { printf "%.1f", t / hz * 1e6 / n }')
  grep -E 'Non-2xx|Socket errors' "$work/wrk.txt" || true
}

printf '%-6s %11s %9s %9s %7s   %11s %9s %9s %7s   %s\n' round 'echo req/s' p50 p99 'cpu µs' 'flama req/s' p50 p99 'cpu µs' ratio
ratios=()
for round in $(seq "$rounds"); do
  measure "$echo_url" "$echo_pid"
  a=$rate line=$(printf '%-6s %11s %9s %9s %7s' "$round" "$rate" "$p50" "$p99" "$cpu")
  measure "$flama_url" "$flama_pid"
  ratio=$(awk -v a="$a" -v b="$rate" 'BEGIN { printf "%.3f", b / a }')
  ratios+=("$ratio")
  printf '%s   %11s %9s %9s %7s   %s\n' "$line" "$rate" "$p50" "$p99" "$cpu" "$ratio"
done
echo "RSS after load: echo $(rss "$echo_pid") MB, flama $(rss "$flama_pid") MB"
printf '%s\n' "${ratios[@]}" | sort -n | awk '{ r[NR] = $1 } END { print "median ratio flama/echo: " r[int((NR + 1) / 2)] }'
