#!/usr/bin/env bash
# Asks every golden case for its answers, and writes how many are Python's into docs/reference/estimators.md, by library and version.
# Needs the folder of shared fixtures beside the repository; without it nothing is written.
# Usage: eng/figures.sh      (builds what it needs)
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build "$root/tests/Flama.ConformanceTests" -c Release -v quiet
FLAMA_WRITE_FIGURES=1 "$root/tests/Flama.ConformanceTests/bin/Release/net10.0/Flama.ConformanceTests" --filter-class '*FiguresReferenceTests'
git -C "$root" --no-pager diff --stat -- docs/reference/estimators.md
