#!/usr/bin/env bash
# Compares the tool compiled while it runs (jit), compiled ahead beside its source (ReadyToRun) and as machine code that needs
# no runtime (Native AOT): each packed and installed as users install it, then the same commands in turns, each a whole process.
#
#   bench/start-up.sh                              both steps, in a folder that goes away again
#   bench/start-up.sh prepare FOLDER [RECORDS]     packs, installs, and makes a ledger and a store of 1,000,000 calls
#   bench/start-up.sh measure FOLDER [ROUNDS]      medians of 20 rounds, and peak memory
#
# Native AOT needs Linux on x64 and gcc or clang.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
kinds=(jit ready native)

pack() {
  local kind="$1"
  shift
  dotnet pack src/Magsag.Cli -c Release -v q -nologo -o "$folder/$kind.packages" "-p:Version=0.0.1-$kind" "$@" >/dev/null
}

install() {
  dotnet tool install Magsag.Cli --version "0.0.1-$1" --source "$folder/$1.packages" --tool-path "$folder/$1" >/dev/null
}

median() { sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

# compare NAME ROUNDS ARGUMENT…: one line a kind.
compare() {
  local name="$1" count="$2" round kind
  shift 2
  for (( round = 0; round < count; round++ )); do
    for kind in "${kinds[@]}"; do
      local start=$EPOCHREALTIME
      "$folder/$kind/magsag" "$@" >/dev/null
      echo $(( ${EPOCHREALTIME/./} - ${start/./} )) >>"$folder/times/$name.$kind"
    done
  done
  for kind in "${kinds[@]}"; do
    printf '%-16s %-7s %9.1f ms %8d KB\n' "$name" "$kind" "$(median <"$folder/times/$name.$kind" | awk '{ print $1 / 1000 }')" \
      "$(/usr/bin/time -f %M "$folder/$kind/magsag" "$@" 2>&1 >/dev/null | tail -n 1)"
  done
}

prepare() {
  local records="$1" kind
  pack jit -p:ToolPackageRuntimeIdentifiers=any
  pack ready -p:ToolPackageRuntimeIdentifiers=linux-x64
  pack native -p:ToolPackageRuntimeIdentifiers=linux-x64
  pack native -p:MagsagNativeTool=true -r linux-x64
  for kind in "${kinds[@]}"; do
    install "$kind"
    printf '%-7s package %6d KB, installed %6d KB\n' "$kind" \
      "$(find "$folder/$kind.packages" \( -name '*.any.0*' -o -name '*.linux-x64.0*' \) -printf '%k')" \
      "$(du -k "$(dirname "$(find "$folder/$kind/.store" -name 'magsag*' -type f -path '*/tools/*' | head -n 1)")" -d 0 | cut -f 1)"
  done

  dotnet build bench/Magsag.Cli.Benchmarks -c Release -v q -nologo >/dev/null
  bench/Magsag.Cli.Benchmarks/bin/Release/net10.0/Magsag.Cli.Benchmarks ledger "$records" "$folder/costs.jsonl"
  "$folder/ready/magsag" ingest "$folder/costs.jsonl" --to "sqlite:$folder/costs.db" >/dev/null
  "$folder/ready/magsag" flow summarize "$folder/costs.jsonl" --output "$folder/summary.json" >/dev/null
  printf 'policies:\n  - name: agent_budget_limits\n    limits:\n      agent-1:\n        max_cost_per_run_usd: 100\n' >"$folder/policy.yaml"
}

measure() {
  local rounds="$1" store="sqlite:$folder/costs.db"
  rm -rf "$folder/times"
  mkdir "$folder/times"

  # The gate must not find the baselines of the repository.
  cd "$folder"
  echo "$(wc -l <"$folder/costs.jsonl") records, $(nproc) cores, medians of $rounds rounds"
  compare version "$rounds" --version
  compare help "$rounds" --help
  compare prices-show "$rounds" prices show gpt-4o
  compare flow-gate "$rounds" flow gate "$folder/summary.json" --policy "$folder/policy.yaml"
  compare data-query "$rounds" data query --agent agent-3 --limit 100 --store "$store"
  compare data-calls "$rounds" data query --calls --model gpt-4.1-2025-04-14 --limit 100 --store "$store"
  compare flow-summarize "$(( (rounds + 3) / 4 ))" flow summarize "$folder/costs.jsonl"
}

case "${1:-}" in
  prepare)
    folder="$2"
    prepare "${3:-1000000}"
    ;;
  measure)
    folder=$(realpath "$2")
    measure "${3:-20}"
    ;;
  *)
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    prepare 1000000
    measure 20
    ;;
esac
