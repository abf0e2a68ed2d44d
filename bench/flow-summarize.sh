#!/usr/bin/env bash
# Compares `magsag flow summarize`, packed and installed as users install it, with DuckDB and jq on one ledger, in one run on one machine:
# the usual package (ReadyToRun on Linux) and, where gcc or clang is, the one of machine code (Native AOT).
#
#   bench/flow-summarize.sh [records]      1,000,000 when left out; jq reads a tenth of them, because it takes so long
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

records="${1:-1000000}"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# install KIND: the tool that the packages made so far install.
install() {
  dotnet tool install Magsag.Cli --version "0.0.1-$1" --source "$folder/packages" --tool-path "$folder/$1" >/dev/null
  kinds+=("$1")
}

kinds=()
dotnet pack src/Magsag.Cli -c Release -v q -nologo -o "$folder/packages" -p:Version=0.0.1-usual >/dev/null
install usual
if command -v gcc clang >/dev/null; then
  dotnet pack src/Magsag.Cli -c Release -v q -nologo -o "$folder/packages" -p:Version=0.0.1-native -p:ToolPackageRuntimeIdentifiers=linux-x64 >/dev/null
  dotnet pack src/Magsag.Cli -c Release -v q -nologo -o "$folder/packages" -p:Version=0.0.1-native -p:MagsagNativeTool=true -r linux-x64 >/dev/null
  install native
fi

dotnet build bench/Magsag.Cli.Benchmarks -c Release -v q -nologo >/dev/null
bench=bench/Magsag.Cli.Benchmarks/bin/Release/net10.0/Magsag.Cli.Benchmarks

"$bench" ledger "$records" "$folder/costs.jsonl"
"$bench" ledger "$((records / 10))" "$folder/tenth.jsonl"
echo "$records records, $(($(stat -c %s "$folder/costs.jsonl") / 1000000)) MB, $(nproc) cores"

for round in 1 2 3; do
  for kind in "${kinds[@]}"; do
    /usr/bin/time -f "magsag ($kind), all of it: %e s, %U + %S s of all cores, %M KB" "$folder/$kind/magsag" flow summarize "$folder/costs.jsonl" --output "$folder/summary.json" 2>&1 | tail -n 1
  done

  "$bench" duckdb "$folder/costs.jsonl"
done

/usr/bin/time -f "jq, by model alone, a tenth of the records: %e s" jq -n '
  reduce inputs as $call ({}; .[$call.model] |= {calls: (.calls + 1), input: (.input + $call.input_tokens), output: (.output + $call.output_tokens), cost: (.cost + $call.cost_usd)})
' "$folder/tenth.jsonl" 2>&1 >/dev/null | tail -n 1
