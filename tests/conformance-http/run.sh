#!/usr/bin/env bash
# Runs two public suites against a served model: Http11Probe (github.com/MDA2AV/Http11Probe) and JSONTestSuite (github.com/nst/JSONTestSuite).
# They are not part of this repository: clone them first. Results are in docs/reference/http-conformance.md.
# usage: tests/conformance-http/run.sh HTTP11PROBE_DIRECTORY JSONTESTSUITE_DIRECTORY
set -euo pipefail
[ $# = 2 ] || { sed -n '2,4s/^# //p' "${BASH_SOURCE[0]}"; exit 2; }
probe=$(cd "$1" && pwd) json=$(cd "$2" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
dotnet publish src/Flama.Cli -c Release -o "$work/flama" -v quiet -nologo
dotnet publish tests/conformance-http/Flama.HttpConformance -c Release -o "$work/suites" -v quiet -nologo "-p:Http11Probe=$probe"

dotnet "$work/flama/flama.dll" serve tests/fixtures/flm/xor__g3-v2.1.0-p2__zstd__sk1.4.2.flm --server-port 0 --server-no-access-log 2>"$work/log" & pids+=($!)
until url=$(grep -m1 -oE 'running on http://[0-9.:]+' "$work/log"); do
  kill -0 "${pids[0]}" || { cat "$work/log"; exit 1; }
  read -r -t 0.05 <> <(:) || true
done
dotnet "$work/suites/Flama.HttpConformance.dll" "${url#running on }" "$json"
kill -0 "${pids[0]}" || { echo "The server has ended."; cat "$work/log"; exit 1; }
