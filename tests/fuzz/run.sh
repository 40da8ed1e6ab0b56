#!/usr/bin/env bash
# Fuzzes every reader by coverage: afl-fuzz, and Flama's assemblies instrumented by SharpFuzz. An input that takes 5 s or a heap of 300 MB, or
# that ends otherwise than in an answer or a typed error, is a finding.
# Usage: tests/fuzz/run.sh [SECONDS per corpus, default 450] [DIRECTORY for the work, default a new one] [CORPUS...]
# Needs: afl++ (Debian: apt-get install afl++), unzip, and the package source for SharpFuzz.CommandLine.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
seconds=${1:-450}
work=${2:-$(mktemp -d)}
shift $(($# < 2 ? $# : 2))
corpora=("$@")
[ ${#corpora[@]} -gt 0 ] || corpora=(pickle package booster catboost archive audit csv ndjson json table codec)
fixtures=$root/tests/fixtures
mkdir -p "$work/out"
work=$(cd "$work" && pwd)

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_TieredPGO=0 DOTNET_TieredCompilation=0
export DOTNET_GCHeapHardLimit=0x12C00000
export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=1 AFL_NO_COLOR=1 AFL_FAST_CAL=1

if [ ! -x "$work/bin/Flama.Fuzz" ]; then
  (unset DOTNET_GCHeapHardLimit DOTNET_TieredCompilation
   dotnet build "$root/tests/fuzz/Flama.Fuzz" -c Release -v quiet -nologo -p:RunAnalyzers=false -o "$work/bin"
   [ -x "$work/tool/sharpfuzz" ] || dotnet tool install SharpFuzz.CommandLine --version 2.3.0 --tool-path "$work/tool" > /dev/null
   # Instrumented assemblies run under afl-fuzz only; findings are looked at with these.
   cp -r "$work/bin" "$work/plain"
   for library in "$work"/bin/Flama.*.dll; do
     [ "$library" = "$work/bin/Flama.Fuzz.dll" ] || "$work/tool/sharpfuzz" "$library"
   done)
fi

export FLAMA_FUZZ_MODEL=$fixtures/cases/e2e-training-csv/e2e2.pkl

# Copies small files, spread over all that a search finds: a corpus that starts large stays slow.
# pick DIRECTORY KILOBYTES COUNT FIND-ARGUMENTS
pick() {
  local to=$1 limit=$2 count=$3 number=0
  shift 3
  mkdir -p "$to"
  find "$@" -type f -size "-${limit}k" ! -name case.json | sort |
    awk -v count="$count" '{ all[NR] = $0 } END { step = NR > count ? NR / count : 1; for (i = 1; i <= NR; i += step) print all[int(i)] }' |
    while read -r file; do
      number=$((number + 1))
      cp "$file" "$to/$number.${file##*.}"
    done
}

unpack() {
  local archive
  for archive in "$fixtures"/$1; do
    mkdir -p "$work/unpacked/$2"
    unzip -q -n "$archive" -d "$work/unpacked/$2/$(basename "$archive" .zip)"
  done
}

seeds() {
  local to=$work/seeds/$1 from=$work/unpacked/$1
  [ ! -d "$to" ] || return 0
  case $1 in
    pickle)
      unpack 'sklearn/1.9.0.zip' pickle
      unpack 'golden/libraries/[cdfios]*.zip' pickle
      pick "$to" 12 80 "$from" "$fixtures/cases" ! -name '*.csv' ! -name '*.json' ! -name '*.skops' ;;
    package | audit) pick "$to" 20 30 "$fixtures/flm" "$fixtures/cases" ! -name '*.csv' ! -name '*.json' ;;
    booster)
      unpack 'boosters/*.zip' booster
      pick "$to" 8 60 "$from" ! -name '*.pkl' ;;
    catboost)
      unpack 'golden/catboost/*.zip' catboost
      pick "$to" 12 40 "$from" ! -name '*.pkl' ;;
    archive)
      unpack 'golden/libraries/[ms][lk]o*.zip' archive
      unpack 'golden/libraries/mlflow*.zip' archive
      pick "$to" 24 30 "$from" ;;
    csv) pick "$to" 8 40 "$fixtures/cases" -name '*.csv' ;;
    ndjson | json)
      pick "$to" 4 20 "$fixtures/cases" -name '*.json'
      printf '[[1.5,"a"],[2,null]]' > "$to/lists"
      printf '[{"a":1,"b":"x"},{"a":null,"b":"NaN"}]' > "$to/objects"
      printf '{"a":1}\n{"a":2e300}\n' > "$to/lines" ;;
    table) "$work/plain/Flama.Fuzz" seeds "$to" ;;
    codec) pick "$to" 4 60 "$fixtures/compression" ! -name '*.py' ! -name '*.json' ;;
  esac
}

targetOf() {
  case $1 in
    pickle | package | booster | catboost | archive) echo model ;;
    *) echo "$1" ;;
  esac
}

for corpus in "${corpora[@]}"; do
  seeds "$corpus"
  in=$work/seeds/$corpus
  [ ! -d "$work/out/$corpus" ] || in=-
  nice -n 19 afl-fuzz -i "$in" -o "$work/out/$corpus" -m none -t 5000 -V "$seconds" -- "$work/bin/Flama.Fuzz" "$(targetOf "$corpus")" > "$work/$corpus.log" 2>&1 ||
    { tail -n 20 "$work/$corpus.log" >&2; echo "$corpus: afl-fuzz failed" >&2; }
done

# What each corpus came to.
printf '%-10s %10s %8s %8s %9s %8s %6s\n' corpus executions per-s paths coverage crashes hangs
for corpus in "${corpora[@]}"; do
  stats=$work/out/$corpus/default/fuzzer_stats
  [ -f "$stats" ] || continue
  value() { sed -n "s/^$1 *: *//p" "$stats"; }
  printf '%-10s %10s %8s %8s %9s %8s %6s\n' "$corpus" "$(value execs_done)" "$(value execs_per_sec)" "$(value corpus_count)" "$(value bitmap_cvg)" "$(value saved_crashes)" "$(value saved_hangs)"
done
echo "Findings lie in $work/out/*/default/{crashes,hangs}. To look at one:"
echo "  FLAMA_FUZZ_MODEL=$FLAMA_FUZZ_MODEL $work/plain/Flama.Fuzz TARGET FILE"
