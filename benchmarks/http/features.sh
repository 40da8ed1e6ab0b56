#!/usr/bin/env bash
# What each feature costs: requests per second and p99 for one row of churn with nothing on, with one feature, with all of them, as ratios to a bare Kestrel echo, in turn, several
# rounds; and the bytes that a request allocates. Needs wrk.
# usage: benchmarks/http/features.sh [ROUNDS] [SECONDS] [CONNECTIONS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source benchmarks/served.sh
needs wrk wrk
rounds=${1:-5} seconds=${2:-4} connections=${3:-32}

publish benchmarks/http/Flama.EchoServer echo
publish src/Flama.Cli flama
echo '{"type":"array","items":{"type":["number","string"]},"prefixItems":[{},{},{"maxLength":100},{"minimum":0,"maximum":1000},{"enum":["France","Germany","Spain"]},{"enum":["Female","Male"]},{"minimum":0,"maximum":120}]}' > "$work/schema.json"
key=$(dotnet "$work/flama/flama.dll" key add benchmark --scope predict,inspect --server-keys "$work/keys" | tail -n 1)

off="--server-no-access-log --server-no-model-headers"
names=(echo "nothing on" "as served" keys "rate limit" "model gate" metrics "prediction log" statistics validation "everything on")
options=("" "$off" "" "$off --server-keys $work/keys" "$off --server-rate-limit=1000000/1" "$off --server-limit-model-concurrency 64" "$off --app-metrics /metrics"
  "$off --prediction-log $work/predictions" "$off --app-stats /stats" "$off --model-schema $work/schema.json"
  "--server-keys $work/keys --server-rate-limit=1000000/1 --server-limit-model-concurrency 64 --app-metrics /metrics --prediction-log $work/predictions-too --app-stats /stats --model-schema $work/schema.json")

load() { wrk -t1 -c"$connections" -d"$2s" --latency -H "X-API-Key: $key" -s benchmarks/http/post.lua "$1/predict/" > "$work/wrk.txt"; grep -E 'Non-2xx|Socket errors' "$work/wrk.txt" >&2 || true; }
field() { awk -v key="$1" '$1 == key { print $2; exit }' "$work/wrk.txt"; }
milliseconds() { awk '{ if (sub(/us$/, "")) print $1 / 1000; else if (sub(/ms$/, "")) print $1 + 0; else { sub(/s$/, ""); print $1 * 1000 } }'; }

urls=() servers=()
for i in "${!names[@]}"; do
  # shellcheck disable=SC2086
  if [ "$i" = 0 ]; then serve_echo 0; else serve_flama "$i" samples/churn/churn.flm ${options[$i]}; fi
  urls+=("$url") servers+=("$pid")
  load "$url" 4
done

for _ in $(seq "$rounds"); do
  for i in "${!urls[@]}"; do
    before=$(ticks "${servers[$i]}")
    load "${urls[$i]}" "$seconds"
    after=$(ticks "${servers[$i]}")
    requests=$(awk '$2 == "requests" { print $1; exit }' "$work/wrk.txt")
    field Requests/sec: >> "$work/rates$i"
    field 99% | milliseconds >> "$work/late$i"
    awk -v t="$((after - before))" -v hz="$(getconf CLK_TCK)" -v n="$requests" 'BEGIN { print t / hz * 1e6 / n }' >> "$work/cpu$i"
    for log in "$work"/*.log "$work"/predictions*; do [ ! -f "$log" ] || : > "$log"; done
  done
done

median() { sort -n | awk '{ r[NR] = $1 } END { print r[int((NR + 1) / 2)] }'; }
printf '%-16s %10s %9s %9s   %s\n' '' req/s 'p99 ms' 'cpu µs' 'ratio to the echo'
for i in "${!names[@]}"; do
  printf '%-16s %10.0f %9.2f %9.1f   ' "${names[$i]}" "$(median < "$work/rates$i")" "$(median < "$work/late$i")" "$(median < "$work/cpu$i")"
  paste "$work/rates0" "$work/rates$i" | awk '{ print $2 / $1 }' | sort -n | awk '{ r[NR] = $1 } END { printf "median %.3f, from %.3f to %.3f\n", r[int((NR + 1) / 2)], r[1], r[NR] }'
done

# Bytes that a request allocates: what the server itself counts.
allocated() { curl -s -H "X-API-Key: $key" "$1/metrics" | awk '/^dotnet_gc_heap_total_allocated_bytes_total/ { print $2 }'; }
for i in 6 10; do
  before=$(allocated "${urls[$i]}")
  load "${urls[$i]}" "$seconds"
  after=$(allocated "${urls[$i]}")
  awk -v name="${names[$i]}" -v a="$after" -v b="$before" -v n="$(awk '$2 == "requests" { print $1; exit }' "$work/wrk.txt")" 'BEGIN { printf "%-16s %9.0f bytes allocated per request\n", name, (a - b) / n }'
done
