#!/usr/bin/env bash
# Writes the verdicts that the cost gate left below a folder to the step summary and as annotations.
#
#   report-verdicts.sh <folder>
#
# Reads TESTS (the outcome of the step that ran the tests), GITHUB_STEP_SUMMARY and GITHUB_WORKSPACE.
# It reports and doesn't judge: the test step has failed when the gate did. It fails itself when there is nothing
# to report though the tests passed, because that would be a gate that is silently green.
set -euo pipefail

folder="${1:?usage: report-verdicts.sh <folder>}"
summary="${GITHUB_STEP_SUMMARY:-/dev/stdout}"
workspace="${GITHUB_WORKSPACE:-$PWD}/"

# GitHub drops the summary of a step whole when it is over 1 MiB.
max_summary_bytes=1000000

annotate() {
  jq --raw-output --arg workspace "$workspace" '
    def data: gsub("%"; "%25") | gsub("\r"; "%0D") | gsub("\n"; "%0A");
    def property: data | gsub(":"; "%3A") | gsub(","; "%2C");
    .findings[]
    | { error: "error", warning: "warning", message: "notice" }[.severity] as $command
    | [ if .file then "file=\(.file | ltrimstr($workspace) | property)" else empty end,
        if .line then "line=\(.line)" else empty end,
        "title=\(.code | property)" ] as $properties
    | "::\($command) \($properties | join(","))::\(.message | split($workspace) | join("") | data)"
  ' "$1"
}

mapfile -d '' -t verdicts < <(find "$folder" -path '*/.runs/verdicts/*.json' -print0 | sort --zero-terminated)

if (( ${#verdicts[@]} == 0 )); then
  if [[ "${TESTS:-success}" == success ]]; then
    echo "The tests passed, but the cost gate left no verdict below $folder." >> "$summary"
    echo "::error title=Cost check::The tests passed, but the cost gate left no verdict below $folder. Does the test project reference Magsag, and is MagsagCostGate on?"
    exit 1
  fi

  echo "The tests failed before the cost gate could judge." >> "$summary"
  exit 0
fi

text=$(
  echo "### LLM cost"
  for verdict in "${verdicts[@]}"; do
    name=$(basename "$verdict" .json)
    printf '\n#### %s\n\n' "$name"
    cat "${verdict%.json}.md"
  done
)
head --bytes "$max_summary_bytes" <<< "${text//"$workspace"/}" >> "$summary"

for verdict in "${verdicts[@]}"; do
  annotate "$verdict"
done
