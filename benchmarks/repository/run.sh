#!/usr/bin/env bash
# Many small models behind a small budget of memory: every one answers once, then requests for models at random. Needs wrk.
# usage: benchmarks/repository/run.sh [MODELS] [BUDGET_MB] [REQUESTS] [CONNECTIONS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source benchmarks/served.sh
needs wrk wrk
models=${1:-2000} budget=${2:-200} requests=${3:-10000} connections=${4:-4}

publish src/Flama.Cli flama

# Churn is a pipeline of trees, the other a small network.
for ((i = 0; i < models; i++)); do
  mkdir -p "$work/models/m$i"
  if ((i % 2)); then file=tests/fixtures/flm/xor__g3-v2.1.0-p2__zstd__sk1.4.2.flm; else file=samples/churn/churn.flm; fi
  cp "$file" "$work/models/m$i/model.flm"
done

serve_flama repository --repository "$work/models" --repository-memory $((budget * 1000000)) --server-no-access-log --app-metrics /metrics; flama=$pid
loads() { curl -sf "$url/metrics" | awk '/^flama_model_loads_total/ { sum += $(NF > 2 ? NF - 1 : NF) } END { print sum + 0 }'; }
echo "RSS after the start: $(rss "$flama") MB"

export CHURN_BODY=$FLAMA_BODY COUNT=$models REQUESTS=0
load() { wrk -t1 -c"$connections" -d600s --timeout 60s -s benchmarks/repository/random.lua "$url" | grep answers; }
echo "every model once: $(load); RSS $(rss "$flama") MB"

export REQUESTS=$requests
before=$(loads) start=$EPOCHREALTIME
load >"$work/second" & pids+=($!); load=$!
seen=()
while kill -0 "$load" 2>/dev/null; do seen+=("$(rss "$flama")"); read -r -t 0.25 <> <(:) || true; done
after=$(loads)
seconds=$(awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { print b - a }')
echo "at random: $(cat "$work/second"), in $seconds s"
printf '%s\n' "${seen[@]}" | sort -n | awk '{ r[NR] = $1 } END { print "RSS meanwhile: " r[1] " to " r[NR] " MB, median " r[int((NR + 1) / 2)] " MB" }'
awk -v n="$((after - before))" -v s="$seconds" 'BEGIN { printf "loads meanwhile: %d, %.0f a minute\n", n, n * 60 / s }'
echo "RSS at the end: $(rss "$flama") MB"
