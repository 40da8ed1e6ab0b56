#!/usr/bin/env bash
# Replaces a served model over and over under load, and compares every answer with the version that its header names. Needs wrk.
# usage: benchmarks/swap/run.sh [SWAPS] [SECONDS] [CONNECTIONS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source benchmarks/served.sh
needs wrk wrk
swaps=${1:-1000} seconds=${2:-90} connections=${3:-16}

publish src/Flama.Cli flama

# pickle.dumps(LinearRegression().fit(X, y), 3) for one feature, slope 1, and an intercept: eight bytes, the largest first.
linear() {
  printf '\x80\x03csklearn.linear_model._base\nLinearRegression\n)\x81}('
  printf 'X\x05\0\0\0coef_cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\x85C\x01b\x87R(K\x01K\x01\x85'
  printf 'cnumpy\ndtype\nX\x02\0\0\0f8\x89\x88\x87R(K\x03X\x01\0\0\0<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\0tb\x89C\x08\0\0\0\0\0\0\xf0\x3ftb'
  printf 'X\x0a\0\0\0intercept_G%b' "$1"
  printf 'X\x0e\0\0\0n_features_in_K\x01X\x10\0\0\0_sklearn_versionX\x05\0\0\0001.4.2ub.'
}
linear '\0\0\0\0\0\0\0\0' >"$work/a.pkl"
linear '\x3f\xf0\0\0\0\0\0\0' >"$work/b.pkl"
for version in a b; do dotnet "$work/flama/flama.dll" package "$work/$version.pkl" --output "$work/$version.flm" --id "$version" >/dev/null; done
cp "$work/a.flm" "$work/model.flm"

serve_flama model "$work/model.flm" --server-no-access-log --server-reload --server-reload-delay 0.01; flama=$pid log=$work/model.log

wrk -t1 -c"$connections" -d3s -s benchmarks/swap/check.lua "$url/predict/" >/dev/null
echo "RSS under load, before the first swap: $(rss "$flama") MB"
wrk -t1 -c"$connections" -d"${seconds}s" -s benchmarks/swap/check.lua "$url/predict/" >"$work/wrk" & pids+=($!); wrk=$!

versions=(a b) done=0 late=0 start=$SECONDS
while [ "$done" -lt "$swaps" ]; do
  kill -0 "$flama" || { cat "$log"; exit 1; }
  kill -0 "$wrk" 2>/dev/null || late=$((late + 1))
  done=$((done + 1))
  cp "$work/${versions[done % 2]}.flm" "$work/next.flm"
  mv "$work/next.flm" "$work/model.flm"
  until [ "$(grep -c Replaced "$log")" -ge "$done" ]; do read -r -t 0.01 <> <(:) || true; done
done
echo "$done swaps in $((SECONDS - start)) s, $late of them after the load had ended"
wait "$wrk"
grep -E 'answers|latency' "$work/wrk"
echo "RSS after the last request: $(rss "$flama") MB"
grep -E 'WARN|ERROR' "$log" | head -5 || true
