#!/usr/bin/env bash
# Milliseconds from the start of a process to its answer: a console hello, `flama model predict` and the first answer of `flama serve`, published
# (framework-dependent, ReadyToRun) and as an installed tool, in turn, several rounds.
# usage: benchmarks/start/run.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
rounds=${1:-15}
platform=$(dotnet --info | awk '$1 == "RID:" { print $2; exit }')

work=$(mktemp -d)
served=
trap '[ -z "$served" ] || kill "$served" 2>/dev/null || true; rm -rf "$work"' EXIT
dotnet publish benchmarks/start/Flama.Hello -c Release -r "$platform" -o "$work/hello" -v quiet
dotnet publish src/Flama.Cli -c Release -r "$platform" -o "$work/flama" -v quiet
dotnet pack src/Flama.Cli -c Release -r "$platform" -o "$work/package" -v quiet
dotnet tool install flama.cli --tool-path "$work/tool" --add-source "$work/package" --version '*-*' >/dev/null

now() { echo $((${EPOCHREALTIME/./} / 1)); }
model=samples/churn/churn.flm

predict() { "$1" model "$model" predict --file samples/churn/input.json >/dev/null; }

# From the start to the first byte of an answer.
serve() {
  local line address host port status
  mkfifo "$work/log.$$"
  "$1" serve "$model" --server-port 0 >/dev/null 2>"$work/log.$$" & served=$!
  exec 3<"$work/log.$$"
  rm "$work/log.$$"
  address=
  while read -r line <&3; do
    [[ $line =~ running\ on\ http://([^:]+):([0-9]+) ]] && { host=${BASH_REMATCH[1]} port=${BASH_REMATCH[2]}; break; }
  done
  body="{\"input\":$(<samples/churn/input.json)}"
  exec 4<>"/dev/tcp/$host/$port"
  printf 'POST /predict/ HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' "$host" "${#body}" "$body" >&4
  read -r status <&4
  ended=$(now)
  exec 4>&- 3<&-
  kill "$served"
  wait "$served" || true
  served=
  [[ $status == *" 200 "* ]] || { echo "The answer was: $status" >&2; exit 1; }
}

declare -A times
time_of() { # NAME COMMAND…
  local name=$1 started
  shift
  started=$(now)
  ended=
  "$@"
  [ -n "$ended" ] || ended=$(now)
  times[$name]+="$(((ended - started) / 100)) "
}

hello() { "$work/hello/Flama.Hello" >/dev/null; }
for _ in $(seq "$rounds"); do
  time_of 'console hello' hello
  time_of 'published: model predict' predict "$work/flama/flama"
  time_of 'published: serve, first answer' serve "$work/flama/flama"
  time_of 'tool: model predict' predict "$work/tool/flama"
  time_of 'tool: serve, first answer' serve "$work/tool/flama"
done

printf '%-32s %8s %8s\n' 'milliseconds' median best
for name in 'console hello' 'published: model predict' 'published: serve, first answer' 'tool: model predict' 'tool: serve, first answer'; do
  tr ' ' '\n' <<<"${times[$name]}" | grep . | sort -n \
    | awk -v name="$name" '{ t[NR] = $1 / 10 } END { printf "%-32s %8.1f %8.1f\n", name, t[int((NR + 1) / 2)], t[1] }'
done
