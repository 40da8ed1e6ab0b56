#!/usr/bin/env bash
# Packs everything into a temporary folder, installs the templates of dotnet new from there, and builds, tests, runs and publishes what they
# make, outside the repository and with nothing but the packages. Asks nobody for packages: those of others are in the folder of the
# repository's own restore. Leaves nothing behind.
# Usage: eng/template-check.sh [--no-build | PACKAGES VERSION]   --no-build: the Release build is there already; PACKAGES: packed already.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
server=
stop() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  server=
}
trap 'stop; rm -rf "$work"' EXIT
fail() { echo "template-check: $*" >&2; exit 1; }

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 ASPNETCORE_ENVIRONMENT=Production
restored=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
packages=$work/packages version=0.0.1
if [ $# -eq 2 ]; then
  packages=$1 version=$2
else
  echo "Packing"
  dotnet pack "$root/Flama.slnx" -c Release -v quiet -o "$packages" -p:PackageVersion=$version -p:WarnOnPackingNonPackableProject=false "$@"
fi

cat > "$work/NuGet.config" <<XML
<configuration>
  <packageSources><clear /><add key="checked" value="$packages" /></packageSources>
  <fallbackPackageFolders><add key="restored" value="$restored" /></fallbackPackageFolders>
</configuration>
XML
export NUGET_PACKAGES=$work/nuget
cd "$work"
new() { dotnet new "$@" --debug:custom-hive "$work/hive" >"$work/new.log" || { cat "$work/new.log"; fail "dotnet new $*"; }; }

# Starts a program and waits until it tells its address.
listen() {
  : > "$work/server.log"
  "$@" --urls http://127.0.0.1:0 > "$work/server.log" 2>&1 &
  server=$!
  for _ in $(seq 300); do
    url=$(sed -n 's/.*Now listening on: \(http:[^ ]*\).*/\1/p' "$work/server.log")
    [ -z "$url" ] || return 0
    kill -0 "$server" 2>/dev/null || { cat "$work/server.log"; fail "$* ended"; }
    sleep 0.2
  done
  cat "$work/server.log"
  fail "$* does not listen"
}
expect() {
  local answer
  answer=$(curl -s -m 20 -H 'Content-Type: application/json' "$url$1" ${2:+-d "$2"})
  [ "$answer" = "$3" ] || fail "$1 answers '$answer', expected '$3'"
}
row='[10000, 15628319, "Walker", 792, "France", "Female", 28, 4, 130142.79, 1, 1, 0, 38190.78]'

echo "Installing the templates"
new install "$packages/Flama.Templates.$version.nupkg"
new flama-api -n Shop.Api
new flama-worker -n Shop.Worker
! grep -rqE 'FlamaApi1|FlamaWorker1|FLAMA_VERSION' Shop.Api Shop.Worker || fail "a name of the template is left: $(grep -rlE 'FlamaApi1|FlamaWorker1|FLAMA_VERSION' Shop.Api Shop.Worker)"

echo "Building, testing and running flama-api"
cd Shop.Api
dotnet build -v quiet -clp:NoSummary
dotnet test --no-build > "$work/test.log" 2>&1 || { cat "$work/test.log"; fail "its tests fail"; }
grep -q 'failed: 0' "$work/test.log" || { cat "$work/test.log"; fail "its tests did not run"; }
listen dotnet run --no-build --no-launch-profile --project src/Shop.Api
expect /churn/predict/ "{\"input\": [$row]}" '{"output":[0]}'
expect /churn/loss/ "{\"input\": [$row]}" '{"output":[5212.2945950392195]}'
[[ $(curl -s -m 20 -H "Content-Type: application/json" "$url/decide" -d '{"creditScore": 500, "country": "Germany", "gender": "Male", "age": 61, "products": 3}') == '{"action":"call","risk":0.'* ]] || fail "/decide does not call a customer who leaves"
expect /orders/ '{"product": "book"}' '{"id":1,"product":"book","quantity":1}'
expect /health '' Healthy
grep -q '"summary": *"Expected loss"' <<< "$(curl -s -m 20 "$url/schema/")" || fail "the document does not have the comment of a method"
stop

# What the Dockerfile does, without an image.
publish=$(sed -n 's/^RUN \(dotnet publish .*\) -o \/app$/\1/p' Dockerfile)
[ -n "$publish" ] || fail "the Dockerfile does not publish"
$publish -v quiet -o "$work/app"
entry=$(sed -n 's/^ENTRYPOINT \["dotnet", "\(.*\)"\]$/\1/p' Dockerfile)
cd "$work/app"
listen dotnet "$entry"
expect /churn/predict/ "{\"input\": [$row]}" '{"output":[0]}'
stop

echo "Building and running flama-worker"
cd "$work/Shop.Worker"
dotnet build -v quiet -clp:NoSummary
answers=$(dotnet run --no-build < customers.ndjson 2>"$work/worker.log")
[ "$answers" = $'0 0.135\n1 0.926' ] || { cat "$work/worker.log"; fail "the worker answers: $answers"; }
echo "template-check: what the templates make builds, passes its tests and runs"
