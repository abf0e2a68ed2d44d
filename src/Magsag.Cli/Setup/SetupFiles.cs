namespace Magsag.Cli.Setup;

/// <summary>What <c>magsag init</c> writes.</summary>
internal static class SetupFiles
{
    public const string Policy = """
        # What model calls may cost, whatever the baseline says. Keys: https://github.com/magsag/magsag/blob/main/docs/policy.md
        schema: 1
        policies:
          - name: cost_alerts
            description: Alert thresholds of one run
            thresholds:
              warn_cost_per_run_usd: 1.00
              error_cost_per_run_usd: 5.00

        """;

    public const string EditorConfig = """

        [*.cs]
        # Magsag: https://github.com/magsag/magsag/blob/main/docs/rules/README.md
        magsag.max_output_tokens = 500
        magsag.premium_input_price = 2.00

        """;

    /// <summary>The pull request check. The job that runs code of the pull request can only read; the one that comments runs none of it.</summary>
    /// <param name="targets">What it builds and tests.</param>
    public static string Workflow(BuildTargets targets) => """
        name: Cost check

        # pull_request, never pull_request_target: code of a fork runs without secrets and with a token that can only read.
        on:
          pull_request:

        permissions:
          contents: read

        concurrency:
          group: cost-check-${{ github.ref }}
          cancel-in-progress: true

        jobs:
          cost:
            runs-on: ubuntu-latest
            timeout-minutes: 30
            outputs:
              verdict: ${{ steps.hand-on.outputs.artifact-id }}
            steps:
              - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
                with:
                  persist-credentials: false
              - uses: actions/setup-dotnet@d4c94342e560b34958eacfc5d055d21461ed1c5d # v5.0.0
                with:
                  dotnet-version: 10.0.x
              - name: Install magsag
                run: dotnet tool install --global Magsag.Cli --version VERSION
              - name: Build
                run: |
                  BUILD
              - name: Test
                id: test
                run: |
                  # The next step says at the lines what the gate found; the compiler's problem matcher would say it again for each project.
                  echo "::remove-matcher owner=csc::"
                  TEST
              - name: Judge the recorded costs
                if: ${{ !cancelled() && steps.test.outcome != 'skipped' }}
                run: |
                  magsag flow summarize --latest-of-each-test --output "$RUNNER_TEMP/summary.json"
                  code=0
                  magsag flow gate "$RUNNER_TEMP/summary.json" --format github --output "$RUNNER_TEMP/verdict.json" --output "$RUNNER_TEMP/verdict.md" || code=$?
                  if [ -e "$RUNNER_TEMP/verdict.md" ]; then
                    # GitHub drops a summary of more than 1 MiB whole.
                    head --bytes 1000000 "$RUNNER_TEMP/verdict.md" >> "$GITHUB_STEP_SUMMARY"
                  fi
                  exit "$code"
              - name: Hand the verdict on
                id: hand-on
                if: ${{ !cancelled() }}
                uses: actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2
                with:
                  name: cost-verdict
                  path: |
                    ${{ runner.temp }}/verdict.json
                    ${{ runner.temp }}/verdict.md
                  if-no-files-found: ignore
                  # A job that is run again writes the artifact again.
                  overwrite: true

          comment:
            needs: cost
            # A fork's token can't comment: its verdict stands in the step summary and in the annotations.
            if: ${{ !cancelled() && needs.cost.outputs.verdict != '' && github.event.pull_request.head.repo.full_name == github.repository }}
            runs-on: ubuntu-latest
            timeout-minutes: 5
            permissions:
              pull-requests: write
            steps:
              - uses: actions/download-artifact@d3f86a106a0bac45b974a628896c90dbdf5c8093 # v4.3.0
                with:
                  name: cost-verdict
              - name: Comment
                env:
                  # When to comment: always, changed (the costs are others than the baseline's, or the gate failed), threshold (a
                  # warning or a failure), fail, never. A comment that is there is brought up to date instead of repeated.
                  POST: changed
                  GH_TOKEN: ${{ github.token }}
                  COMMENTS: repos/${{ github.repository }}/issues/${{ github.event.pull_request.number }}/comments
                  COMMENT: repos/${{ github.repository }}/issues/comments
                run: |
                  sign='<!-- magsag cost check -->'
                  case "$POST" in
                    always) post=true ;;
                    changed) post=$(jq '.status == "failed" or .cost_usd != .baseline_usd' verdict.json) ;;
                    threshold) post=$(jq '.status != "passed"' verdict.json) ;;
                    fail) post=$(jq '.status == "failed"' verdict.json) ;;
                    *) post=false ;;
                  esac
                  { echo "$sign"; head --bytes 60000 verdict.md; } > comment.md
                  found=$(gh api --paginate "$COMMENTS" --jq ".[] | select(.user.login == \"github-actions[bot]\" and (.body | startswith(\"$sign\"))) | .id" | head --lines 1)
                  if [ -n "$found" ]; then
                    gh api --method PATCH "$COMMENT/$found" --field body=@comment.md > /dev/null
                  elif [ "$post" = true ]; then
                    gh api --method POST "$COMMENTS" --field body=@comment.md > /dev/null
                  fi

        """
        .Replace("VERSION", ToolVersion.Text, StringComparison.Ordinal)
        .Replace("BUILD\n", Indented(targets.BuildScript) + "\n", StringComparison.Ordinal)
        .Replace("TEST\n", Indented(targets.TestScript) + "\n", StringComparison.Ordinal);

    private static string Indented(string script) => script.Replace("\n", "\n          ", StringComparison.Ordinal);
}
