#!/usr/bin/env bash
# What it brings to compute requests together: a network whose calls take long, where it pays, and churn, where it does not; each with and without, in turn, several rounds. Needs wrk.
# usage: benchmarks/http/batching.sh [ROUNDS] [SECONDS] [CONNECTIONS] [WIDTH] [LAYERS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source benchmarks/served.sh
needs wrk wrk
rounds=${1:-3} seconds=${2:-4} connections=${3:-32} width=${4:-1024} layers=${5:-4}

publish src/Flama.Cli flama
publish benchmarks/Flama.Benchmarks benchmarks
network=$(dotnet "$work/benchmarks/Flama.Benchmarks.dll" network "$work/network.onnx" "$width" "$layers")

names=("network" "network, joined" "churn" "churn, joined")
models=("$work/network.onnx" "$work/network.onnx" samples/churn/churn.flm samples/churn/churn.flm)
bodies=("$network" "$network" "$FLAMA_BODY" "$FLAMA_BODY")
options=("" "--server-batch" "" "--server-batch")
urls=()
load() { FLAMA_BODY=${bodies[$1]} wrk -t1 -c"$connections" -d"$2s" --latency -s benchmarks/http/post.lua "${urls[$1]}/predict/" >"$work/wrk.txt"; grep -E 'Non-2xx|Socket errors' "$work/wrk.txt" >&2 || true; }
milliseconds() { awk '{ if (sub(/us$/, "")) print $1 / 1000; else if (sub(/ms$/, "")) print $1 + 0; else { sub(/s$/, ""); print $1 * 1000 } }'; }

for i in "${!names[@]}"; do
  # shellcheck disable=SC2086
  serve_flama "$i" "${models[$i]}" --server-no-access-log --app-metrics /metrics ${options[$i]}
  urls+=("$url")
  load "$i" 3
done

for _ in $(seq "$rounds"); do
  for i in "${!names[@]}"; do
    load "$i" "$seconds"
    awk '$1 == "Requests/sec:" { print $2 }' "$work/wrk.txt" >>"$work/rates$i"
    awk '$1 == "99%" { print $2; exit }' "$work/wrk.txt" | milliseconds >>"$work/late$i"
  done
done

median() { sort -n | awk '{ r[NR] = $1 } END { print r[int((NR + 1) / 2)] }'; }
joined() { curl -s "$1/metrics" | awk '/^flama_batch_size.*_sum/ { sum += $2 } /^flama_batch_size.*_count/ { count += $2 } END { if (count) printf "%d joint calls of %.1f requests", count, sum / count; else printf "no joint call" }'; }
printf '%-18s %10s %9s\n' '' req/s 'p99 ms'
for i in "${!names[@]}"; do
  printf '%-18s %10.0f %9.2f   %s\n' "${names[$i]}" "$(median <"$work/rates$i")" "$(median <"$work/late$i")" "$(joined "${urls[$i]}")"
done
