#!/usr/bin/env bash
# What each feature costs: requests per second of the same server with one of them on, as ratios to the one with none, in turn, several rounds. Needs wrk.
# usage: benchmarks/http/features.sh [ROUNDS] [SECONDS] [CONNECTIONS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
rounds=${1:-5} seconds=${2:-4} connections=${3:-32}
command -v wrk >/dev/null || { echo "wrk is not installed (Debian: apt-get install wrk)."; exit 2; }

work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
dotnet publish src/Flama.Cli -c Release -o "$work/flama" -v quiet
echo '{"type":"array","items":{"type":["number","string"]},"prefixItems":[{},{},{"maxLength":100},{"minimum":0,"maximum":1000},{"enum":["France","Germany","Spain"]},{"enum":["Female","Male"]},{"minimum":0,"maximum":120}]}' > "$work/schema.json"
names=(off metrics "prediction log" statistics schema "all of them")
options=("" "--app-metrics /metrics" "--prediction-log $work/log" "--app-stats /stats" "--model-schema $work/schema.json"
  "--app-metrics /metrics --prediction-log $work/log2 --app-stats /stats --model-schema $work/schema.json --metrics-compat triton")

# Waits for a line that holds an address, while the process lives.
address() {
  local file=$1 pid=$2 found
  until found=$(grep -m1 -oE 'http://127\.0\.0\.1:[0-9]+' "$file" 2>/dev/null); do
    kill -0 "$pid" 2>/dev/null || { cat "$file" >&2; exit 1; }
    read -r -t 0.05 <> <(:) || true
  done
  echo "$found"
}

FLAMA_BODY="{\"input\":$(tr -d '\n' < samples/churn/input.json)}"
export FLAMA_BODY
rate() { wrk -t1 -c"$connections" -d"$2s" --latency -s benchmarks/http/post.lua "$1/predict/" | awk '/Requests\/sec/ { print $2 } /Non-2xx/ { print > "/dev/stderr" }'; }
urls=()
for i in "${!options[@]}"; do
  # shellcheck disable=SC2086
  dotnet "$work/flama/flama.dll" serve samples/churn/churn.flm --server-port 0 --server-no-access-log ${options[$i]} > "$work/$i.log" 2>&1 & pids+=($!)
  urls+=("$(address "$work/$i.log" "$!")")
  rate "${urls[$i]}" 2 > /dev/null
done

for round in $(seq "$rounds"); do
  for i in "${!urls[@]}"; do
    rate "${urls[$i]}" "$seconds" >> "$work/rates$i"
    truncate -s 0 "$work/log" "$work/log2"
  done
done
for i in "${!names[@]}"; do
  paste "$work/rates0" "$work/rates$i" | awk '{ print $2 / $1, $2 }' | sort -n | awk -v name="${names[$i]}" '{ r[NR] = $1; s[NR] = $2 }
    END { printf "%-16s %9.0f req/s   ratio to off: median %.3f, from %.3f to %.3f\n", name, s[int((NR + 1) / 2)], r[int((NR + 1) / 2)], r[1], r[NR] }'
done

# Bytes that a request allocates: what the server itself counts, over ten thousand of them.
allocated() { curl -s "$1/metrics" | awk '/^dotnet_gc_heap_total_allocated_bytes_total/ { print $NF == "" ? $2 : $2 }'; }
for i in 1 5; do
  before=$(allocated "${urls[$i]}")
  n=$(wrk -t1 -c"$connections" -d"${seconds}s" -s benchmarks/http/post.lua "${urls[$i]}/predict/" | awk '$2 == "requests" { print $1 }')
  after=$(allocated "${urls[$i]}")
  awk -v name="${names[$i]}" -v a="$after" -v b="$before" -v n="$n" 'BEGIN { printf "%-16s %9.0f bytes allocated per request\n", name, (a - b) / n }'
done
