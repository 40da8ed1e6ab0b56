#!/usr/bin/env bash
# Packs every project of src into a temporary folder, looks into the packages, and builds and runs a console, a web and a worker
# program (eng/pack-check) outside the repository with nothing but these packages. Leaves nothing behind.
# Usage: eng/pack-check.sh [--no-build]   --no-build: the Release build is there already. PACKAGES_DIRECTORY keeps the packages, of version 0.0.1.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
version=0.0.1 # as of a release: warnings about stable packages are errors too
work=$(mktemp -d)
packages=${PACKAGES_DIRECTORY:-$work/packages}
web=
stop() {
  [ -z "$web" ] || kill "$web" 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT
fail() { echo "pack-check: $*" >&2; exit 1; }

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

# Packages that earlier builds restored are found there; what these packages bring goes to the temporary folder only.
restored=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')

echo "Packing"
dotnet pack "$root/Flama.slnx" -c Release -v quiet -o "$packages" -p:PackageVersion=$version -p:WarnOnPackingNonPackableProject=false "$@"

echo "Looking into the packages"
cat > "$work/NuGet.config" <<XML
<configuration>
  <packageSources><add key="checked" value="$packages" /></packageSources>
  <fallbackPackageFolders><add key="restored" value="$restored" /></fallbackPackageFolders>
</configuration>
XML
export NUGET_PACKAGES=$work/nuget
cd "$work"
dotnet tool install Flama.Cli --version $version --tool-path "$work/tool" --configfile "$work/NuGet.config" >/dev/null
"$work/tool/flama" --version >/dev/null || fail "the tool does not start"

references=
for project in "$root"/src/*/*.csproj; do
  name=$(basename "$project" .csproj)
  [ -f "$packages/$name.$version.nupkg" ] || fail "$name was not packed"
  [ "$name" = Flama.Templates ] || [ -f "$packages/$name.$version.snupkg" ] || fail "$name has no symbols"
  [[ $name == @(Flama.Cli|Flama.Templates) ]] || references+="<PackageReference Include=\"$name\" Version=\"$version\" />"
done
mkdir "$work/all"
echo "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup>$references</ItemGroup></Project>" \
  > "$work/all/all.csproj"
dotnet restore "$work/all" -v quiet
for project in "$root"/src/*/*.csproj; do
  id=$(basename "$project" .csproj | tr '[:upper:]' '[:lower:]')
  [ "$id" != flama.templates ] || continue # eng/template-check.sh installs it
  content=$NUGET_PACKAGES/$id/$version
  [ "$id" != flama.cli ] || content=$work/tool/.store/$id/$version/$id/$version
  for file in README.md LICENSE THIRD-PARTY-NOTICES; do
    [ -s "$content/$file" ] || fail "$id has no $file"
  done
  for element in '<readme>README.md</readme>' '<license type="expression">Apache-2.0</license>' '<repository type="git" url="https://' '<description>'; do
    grep -q "$element" "$content"/*.nuspec || fail "the package $id has no $element"
  done
done

echo "Building the programs"
cp -r "$root/eng/pack-check" "$work/programs"
cp "$root/samples/churn/churn.flm" "$work/programs/Console/"
for program in Console Web Worker; do
  cp "$root/tests/fixtures/flm/xor__g3-v2.1.0-p2__zstd__sk1.4.2.flm" "$work/programs/$program/xor.flm"
done
hosting=$(sed -n 's/.*Include="Microsoft.Extensions.Hosting" Version="\([^"]*\)".*/\1/p' "$root/Directory.Packages.props")
export FlamaVersion=$version HostingVersion=$hosting
cd "$work/programs"
dotnet new sln --name Check >/dev/null
dotnet sln add Console Web Worker >/dev/null
dotnet build -c Release -v quiet

echo "Running the programs"
run() { (cd "$1" && dotnet "bin/Release/net10.0/$1.dll" --Logging:LogLevel:Default=Warning); }
[ "$(run Console)" = $'1 0\n0 True' ] || fail "the console program answers: $(run Console)"
[ "$(run Worker)" = "1 0" ] || fail "the worker answers: $(run Worker)"

cd Web
: > "$work/web.log"
dotnet bin/Release/net10.0/Web.dll --urls http://127.0.0.1:0 > "$work/web.log" 2>&1 &
web=$!
for _ in $(seq 150); do
  url=$(sed -n 's/.*Now listening on: \(http:[^ ]*\).*/\1/p' "$work/web.log")
  [ -z "$url" ] || break
  kill -0 "$web" 2>/dev/null || { cat "$work/web.log"; fail "the web program ended"; }
  sleep 0.2
done
[ -n "$url" ] || { cat "$work/web.log"; fail "the web program does not listen"; }
ask() { curl -s -m 20 -H 'Content-Type: application/json' "$url$1" ${2:+-d "$2"}; }
expect() {
  local answer
  answer=$(ask "$1" "$2")
  [ "$answer" = "$3" ] || fail "$1 answers '$answer', expected '$3'"
}
expect /xor/predict/ '{"input": [[0, 1], [1, 1]]}' '{"output":[1,0]}'
expect /decide '{"a": 0, "b": 1}' 1
expect /health '' Healthy
[[ $(ask /schema/) == *'"/xor/predict/"'* ]] || fail "the OpenAPI document does not have /xor/predict/"
echo "pack-check: all packages are whole and the three programs run"
