#!/usr/bin/env bash
# A million rows of CSV scored by `flama model predict` (from a file, and through a pipe) and by pandas and scikit-learn, in turn: seconds, rows per
# second, peak memory. Needs Debian's python3-sklearn, python3-pandas and time.
# usage: benchmarks/bulk/run.sh [ROWS] [ROUNDS] [PYTHON]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
rows=${1:-1000000} rounds=${2:-3} python=${3:-/usr/bin/python3}
[ -x /usr/bin/time ] || { echo "time is not installed (Debian: apt-get install time)."; exit 2; }
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
platform=$(dotnet --info | awk '$1 == "RID:" { print $2; exit }')
dotnet publish src/Flama.Cli -c Release -r "$platform" -o "$work/flama" -v quiet
"$python" benchmarks/bulk/make_rows.py "$rows" >"$work/rows.csv"
model=tests/fixtures/sklearn-speed/churn9.pkl

measure() { # NAME COMMAND…
  local name=$1 seconds memory
  shift
  read -r seconds memory < <(/usr/bin/time -f '%e %M' -o /dev/stdout "$@" | tail -n 1)
  awk -v name="$name" -v s="$seconds" -v kb="$memory" -v n="$rows" \
    'BEGIN { printf "%-26s %7.2f s %12.0f rows/s %7.0f MB\n", name, s, n / s, kb / 1024 }'
}

for _ in $(seq "$rounds"); do
  measure 'flama, file to file' "$work/flama/flama" model "$model" predict --file "$work/rows.csv" --output "$work/flama.ndjson" --output-format ndjson
  measure 'flama, pipe' sh -c "\"$work/flama/flama\" model $model predict --input-format csv --output-format ndjson <\"$work/rows.csv\" | cat >\"$work/pipe.ndjson\""
  measure 'pandas and scikit-learn' sh -c "$python benchmarks/bulk/score_python.py $model \"$work/rows.csv\" >\"$work/python.ndjson\""
done

cmp "$work/flama.ndjson" "$work/pipe.ndjson"
"$python" - "$work/flama.ndjson" "$work/python.ndjson" <<'PYTHON'
import json, sys
ours = [json.loads(line) for line in open(sys.argv[1])]
theirs = [value for line in open(sys.argv[2]) for value in json.loads(line)]
print(f"{sum(a != b for a, b in zip(ours, theirs))} of {len(theirs)} predictions differ, {len(ours)} were made")
PYTHON
