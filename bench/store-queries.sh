#!/usr/bin/env bash
# Times the commands that ask a store, as whole processes, on a store of any size.
#
#   bench/store-queries.sh [records] [store]     10,000,000 records in an SQLite file when left out, which takes about 6 GB and 3 minutes;
#                                                an SQLite store that is there already is asked as it is
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

records="${1:-10000000}"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
store="${2:-sqlite:$folder/costs.db}"

# As the tool is packed for Linux: compiled ahead.
dotnet publish src/Magsag.Cli -c Release -r linux-x64 --self-contained false -o "$folder/magsag" -v q -nologo >/dev/null
dotnet build bench/Magsag.Cli.Benchmarks -c Release -v q -nologo >/dev/null
bench=bench/Magsag.Cli.Benchmarks/bin/Release/net10.0/Magsag.Cli.Benchmarks
magsag="$folder/magsag/magsag"

if [[ "$store" != sqlite:* || ! -f "${store#sqlite:}" ]]; then
  "$bench" ledger "$records" "$folder/costs.jsonl"
  "$magsag" ingest "$folder/costs.jsonl" --to "$store"
  rm "$folder/costs.jsonl"
fi

echo "$(nproc) cores"
"$bench" store "$magsag" "$store" 5
