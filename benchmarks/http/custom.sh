#!/usr/bin/env bash
# What a custom API costs: a record in, a label out, by a minimal endpoint without a model, with a model of its own, with one of dependency injection, and by a resource's method;
# in turn, several rounds, as ratios to the endpoint that has loaded its model itself. Needs wrk.
# usage: benchmarks/http/custom.sh [ROUNDS] [SECONDS] [CONNECTIONS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source benchmarks/served.sh
needs wrk wrk
rounds=${1:-5} seconds=${2:-3} connections=${3:-32}

publish benchmarks/http/Flama.CustomServer custom
serve custom 'http://.*' dotnet "$work/custom/Flama.CustomServer.dll"
record='{"creditScore":792,"country":"France","gender":"Female","age":28,"tenure":4,"balance":130142.79,"products":1,"hasCard":1,"isActive":0,"salary":38190.78}'

paths=(/without/ /own/ /keyed/ /resource/score/ /resource/predict/)
body() { if [ "$1" = /resource/predict/ ]; then echo "$rows"; else echo "$record"; fi; }
rows=$FLAMA_BODY
load() { FLAMA_BODY=$(body "$1") wrk -t1 -c"$connections" -d"$2s" -s benchmarks/http/post.lua "$url$1" >"$work/wrk.txt"; grep -E 'Non-2xx|Socket errors' "$work/wrk.txt" >&2 || true; }

for path in "${paths[@]}"; do load "$path" 4; done
for _ in $(seq "$rounds"); do
  for i in "${!paths[@]}"; do
    before=$(ticks "$pid")
    load "${paths[$i]}" "$seconds"
    after=$(ticks "$pid")
    awk '$1 == "Requests/sec:" { print $2 }' "$work/wrk.txt" >>"$work/rates$i"
    awk -v t="$((after - before))" -v hz="$(getconf CLK_TCK)" '$2 == "requests" { print t / hz * 1e6 / $1; exit }' "$work/wrk.txt" >>"$work/cpu$i"
  done
done

median() { sort -n | awk '{ r[NR] = $1 } END { print r[int((NR + 1) / 2)] }'; }
printf '%-20s %10s %9s   %s\n' '' req/s 'cpu µs' 'ratio to /own/'
for i in "${!paths[@]}"; do
  printf '%-20s %10.0f %9.1f   %.3f\n' "${paths[$i]}" "$(median <"$work/rates$i")" "$(median <"$work/cpu$i")" "$(paste "$work/rates1" "$work/rates$i" | awk '{ print $2 / $1 }' | median)"
done
