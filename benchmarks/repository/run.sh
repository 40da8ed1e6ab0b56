#!/usr/bin/env bash
# Many small models behind a small budget of memory: every one answers once, then requests for models at random. Needs wrk.
# usage: benchmarks/repository/run.sh [MODELS] [BUDGET_MB] [REQUESTS] [CONNECTIONS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
models=${1:-2000} budget=${2:-200} requests=${3:-10000} connections=${4:-4}
command -v wrk >/dev/null || { echo "wrk is not installed (Debian: apt-get install wrk)."; exit 2; }

work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
dotnet publish src/Flama.Cli -c Release -o "$work/flama" -v quiet -nologo

# Churn is a pipeline of trees, the other a small network.
for ((i = 0; i < models; i++)); do
  mkdir -p "$work/models/m$i"
  if ((i % 2)); then file=tests/fixtures/flm/xor__g3-v2.1.0-p2__zstd__sk1.4.2.flm; else file=samples/churn/churn.flm; fi
  cp "$file" "$work/models/m$i/model.flm"
done

dotnet "$work/flama/flama.dll" serve --repository "$work/models" --repository-memory $((budget * 1000000)) --server-port 0 --server-no-access-log --app-metrics /metrics 2>"$work/log" & pids+=($!); flama=$!
until url=$(grep -m1 -oE 'running on http://[0-9.:]+' "$work/log" 2>/dev/null); do
  kill -0 "$flama" || { cat "$work/log"; exit 1; }
  read -r -t 0.05 <> <(:) || true
done
url=${url#running on }
rss() { awk '/VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$flama/status"; }
loads() { curl -sf "$url/metrics" | awk '/^flama_model_loads_total/ { sum += $(NF > 2 ? NF - 1 : NF) } END { print sum + 0 }'; }
echo "RSS after the start: $(rss) MB"

CHURN_BODY="{\"input\":$(tr -d '\n' < samples/churn/input.json)}"
export CHURN_BODY COUNT=$models REQUESTS=0
load() { wrk -t1 -c"$connections" -d600s --timeout 60s -s benchmarks/repository/random.lua "$url" | grep answers; }
echo "every model once: $(load); RSS $(rss) MB"

export REQUESTS=$requests
before=$(loads) start=$EPOCHREALTIME
load >"$work/second" & pids+=($!); load=$!
seen=()
while kill -0 "$load" 2>/dev/null; do seen+=("$(rss)"); read -r -t 0.25 <> <(:) || true; done
after=$(loads)
seconds=$(awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { print b - a }')
echo "at random: $(cat "$work/second"), in $seconds s"
printf '%s\n' "${seen[@]}" | sort -n | awk '{ r[NR] = $1 } END { print "RSS meanwhile: " r[1] " to " r[NR] " MB, median " r[int((NR + 1) / 2)] " MB" }'
awk -v n="$((after - before))" -v s="$seconds" 'BEGIN { printf "loads meanwhile: %d, %.0f a minute\n", n, n * 60 / s }'
echo "RSS at the end: $(rss) MB"
