#!/usr/bin/env bash
# Serves four models, and the samples of a custom API and of data resources, and lets the tools of API users judge the document: two linters, a TypeScript client and a C# client that are made of it,
# compiled without hand work, and predict. Needs npm and a built command line (Release); prints why when it skips. CLIENTS_DIRECTORY keeps what it downloads.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
flama="$root/src/Flama.Cli/bin/Release/net10.0/flama.dll"
fixtures="$root/tests/fixtures"

command -v npm >/dev/null 2>&1 || { echo "skipped: npm is not installed"; exit 0; }
[ -f "$flama" ] || { echo "skipped: $flama is not built"; exit 0; }

work=${CLIENTS_DIRECTORY:-$(mktemp -d)}
mkdir -p "$work/csharp"
servers=()
finish() {
  kill "${servers[@]}" 2>/dev/null || true
  [ -n "${CLIENTS_DIRECTORY:-}" ] || rm -rf "$work"
}
trap finish EXIT

cp "$here/typescript/"* "$here/redocly.yaml" "$here/spectral.yaml" "$work/"
cd "$work"
npm install --no-audit --no-fund --silent || { echo "skipped: npm cannot install the tools"; exit 0; }
[ -x tools/nswag ] || dotnet tool install --tool-path tools NSwag.ConsoleCore --version 14.7.1 >/dev/null \
  || { echo "skipped: the NSwag tool cannot be installed"; exit 0; }

# A model with several outputs lies in an archive.
node --input-type=module -e '
import { readFileSync, writeFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
const zip = readFileSync(process.argv[1]), name = process.argv[2];
for (let at = zip.indexOf("PK\x01\x02"); at >= 0; at = zip.indexOf("PK\x01\x02", at + 4)) {
  const length = zip.readUInt16LE(at + 28);
  if (zip.toString("utf8", at + 46, at + 46 + length) !== name) continue;
  const local = zip.readUInt32LE(at + 42), size = zip.readUInt32LE(at + 20), method = zip.readUInt16LE(at + 10);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const bytes = zip.subarray(start, start + size);
  writeFileSync(process.argv[3], method === 0 ? bytes : inflateRawSync(bytes));
}' "$fixtures/sklearn/1.4.2.zip" multioutput_clf/model.pkl multi.pkl

start() {
  dotnet "$@" >server.log 2>&1 &
  server=$!; servers+=("$server")
  for _ in $(seq 300); do
    url=$(grep -m1 -oE 'http://127\.0\.0\.1:[0-9]+' server.log || true)
    [ -n "$url" ] && return
    kill -0 "$server" || { cat server.log; exit 1; }
    sleep 0.1
  done
  echo "The server did not start."; exit 1
}

serve() { start "$flama" serve --server-host 127.0.0.1 --server-port 0 "$@"; }

lint() {
  node -e 'fetch(process.argv[1]).then(r => r.text()).then(t => require("node:fs").writeFileSync(process.argv[2], t))' "$url/schema/" "$1"
  npx redocly lint --config redocly.yaml --format=stylish "$1" 2>redocly.log | grep -E "  error  " && { echo "redocly: $1 has errors"; exit 1; }
  npx spectral lint --ruleset spectral.yaml --fail-severity=error "$1" >spectral.log || { cat spectral.log; exit 1; }
  echo "lint: no error in $1"
}

xor="$fixtures/flm/xor__g3-v2.1.0-p2__zstd__sk1.4.2.flm"
serve "$xor"
lint xor.json

serve --model "file=$fixtures/flm/churn__g3-v2.1.0-p2__zstd__sk1.4.2.flm,url=/churn,name=churn" --model "file=$xor,url=/xor,name=xor" \
  --model "file=$fixtures/sklearn-speed/tfidf+lr10.pkl,url=/text,name=text" --model "file=$work/multi.pkl,url=/multi,name=multi"
lint all.json
models=$url

ConnectionStrings__Shop="Data Source=$work/shop.db" start "$root/samples/shop/bin/Release/net10.0/Shop.dll" --urls http://127.0.0.1:0
lint shop.json

start "$root/samples/churn-api/bin/Release/net10.0/Churn.Api.dll" --urls http://127.0.0.1:0
lint custom.json

for document in all custom; do npx openapi-typescript "$document.json" -o "$document.ts" >/dev/null; done
npx tsc --strict --target es2022 --module nodenext --skipLibCheck --types node --outDir out predict.ts
node out/predict.js "$models" "$url"

tools/nswag openapi2csclient /input:all.json /output:csharp/Models.cs /namespace:ServedModels /jsonLibrary:SystemTextJson >/dev/null
tools/nswag openapi2csclient /input:custom.json /output:csharp/Custom.cs /namespace:CustomApi /jsonLibrary:SystemTextJson >/dev/null
cp "$here/csharp/Program.cs" csharp/
cat >csharp/client.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
</Project>
PROJECT
dotnet run --project csharp -c Release -- "$models" "$url"
echo "clients: all passed"
