#!/usr/bin/env bash
# Requests per second of a served model against a bare Kestrel echo, in turn, several rounds. Needs wrk.
# usage: benchmarks/http/run.sh [ROUNDS] [SECONDS] [CONNECTIONS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source benchmarks/served.sh
needs wrk wrk
rounds=${1:-5} seconds=${2:-5} connections=${3:-32}

publish benchmarks/http/Flama.EchoServer echo
publish src/Flama.Cli flama
serve_echo echo; echo_url=$url echo_pid=$pid
serve_flama flama samples/churn/churn.flm; flama_url=$url flama_pid=$pid
echo "RSS after start: echo $(rss "$echo_pid") MB, flama $(rss "$flama_pid") MB"

load() { wrk -t1 -c"$connections" -d"$2s" --latency -s benchmarks/http/post.lua "$1" >"$work/wrk.txt"; }
field() { awk -v key="$1" '$1 == key { print $2; exit }' "$work/wrk.txt"; }
load "$echo_url/predict/" 2
load "$flama_url/predict/" 2

measure() { # URL PID: sets rate, p50, p99, cpu (µs of processor time a request)
  local before after requests
  before=$(ticks "$2")
  load "$1/predict/" "$seconds"
  after=$(ticks "$2")
  rate=$(field Requests/sec:) p50=$(field 50%) p99=$(field 99%)
  requests=$(awk '$2 == "requests" { print $1; exit }' "$work/wrk.txt")
  cpu=$(awk -v t="$((after - before))" -v hz="$(getconf CLK_TCK)" -v n="$requests" 'BEGIN { printf "%.1f", t / hz * 1e6 / n }')
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
