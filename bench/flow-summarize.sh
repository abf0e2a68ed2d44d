#!/usr/bin/env bash
# Compares `magsag flow summarize`, packed and installed as users install it, with DuckDB and jq on one ledger, in one run on one machine.
#
#   bench/flow-summarize.sh [records]      1,000,000 when left out; jq reads a tenth of them, because it takes so long
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

records="${1:-1000000}"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

dotnet pack src/Magsag.Cli -c Release -v q -nologo -o "$folder/packages" -p:Version=0.0.1-bench >/dev/null
dotnet tool install Magsag.Cli --version 0.0.1-bench --source "$folder/packages" --tool-path "$folder/bin" >/dev/null
dotnet build bench/Magsag.Cli.Benchmarks -c Release -v q -nologo >/dev/null
bench=bench/Magsag.Cli.Benchmarks/bin/Release/net10.0/Magsag.Cli.Benchmarks
magsag="$folder/bin/magsag"

"$bench" ledger "$records" "$folder/costs.jsonl"
"$bench" ledger "$((records / 10))" "$folder/tenth.jsonl"
echo "$records records, $(($(stat -c %s "$folder/costs.jsonl") / 1000000)) MB, $(nproc) cores"

for round in 1 2 3; do
  /usr/bin/time -f "magsag, all of it: %e s, %M KB" "$magsag" flow summarize "$folder/costs.jsonl" --output "$folder/summary.json" 2>&1 | tail -n 1
  "$bench" duckdb "$folder/costs.jsonl"
done

/usr/bin/time -f "jq, by model alone, a tenth of the records: %e s" jq -n '
  reduce inputs as $call ({}; .[$call.model] |= {calls: (.calls + 1), input: (.input + $call.input_tokens), output: (.output + $call.output_tokens), cost: (.cost + $call.cost_usd)})
' "$folder/tenth.jsonl" 2>&1 >/dev/null | tail -n 1
