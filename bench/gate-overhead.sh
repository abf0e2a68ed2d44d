#!/usr/bin/env bash
# What the gate adds to an unchanged `dotnet build` of the sample's test project: the median of builds with and without it,
# taken in turns in one run, and the time that MSBuild itself measured in the gate's targets.
# Usage: bench/gate-overhead.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
rounds="${1:-11}"
project=samples/SupportDesk/tests/SupportDesk.Tests

dotnet test "$project" > /dev/null
dotnet build "$project" > /dev/null
with=() without=() targets=()
for (( round = 0; round < rounds; round++ )); do
  start=$(date +%s%N); dotnet build "$project" --no-restore -p:MagsagCostGate=false > /dev/null; without+=( $(( ($(date +%s%N) - start) / 1000000 )) )
  dotnet build "$project" --no-restore > /dev/null
  start=$(date +%s%N); dotnet build "$project" --no-restore -clp:PerformanceSummary > /tmp/gate-overhead.$$; with+=( $(( ($(date +%s%N) - start) / 1000000 )) )
  targets+=( "$(awk '/Target Performance Summary/ { on = 1 } /Task Performance Summary/ { on = 0 } on && / _Magsag/ { sum += $1 } END { print sum + 0 }' /tmp/gate-overhead.$$)" )
done
rm -f /tmp/gate-overhead.$$

median() { printf '%s\n' "$@" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
a=$(median "${without[@]}"); b=$(median "${with[@]}"); t=$(median "${targets[@]}")
echo "unchanged build without the gate: $a ms; with it: $b ms; ratio $(awk "BEGIN { printf \"%.3f\", $b / $a }"); in the gate's targets: $t ms (target: 50 ms)"
