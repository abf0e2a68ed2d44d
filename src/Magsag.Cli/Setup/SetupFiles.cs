namespace Magsag.Cli;

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
    public static string Workflow => """
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
            steps:
              - uses: actions/checkout@v5
              - uses: actions/setup-dotnet@v5
                with:
                  dotnet-version: 10.0.x
              - name: Install magsag
                run: dotnet tool install --global Magsag.Cli --version VERSION
              - name: Test
                run: dotnet test
              - name: Judge the recorded costs
                if: ${{ !cancelled() }}
                run: |
                  magsag flow summarize --latest --output summary.json
                  magsag flow gate summary.json --format json --dry-run > verdict.json
                  magsag flow gate summary.json --format markdown --dry-run > verdict.md
                  cat verdict.md >> "$GITHUB_STEP_SUMMARY"
                  magsag flow gate summary.json --format github
              - name: Hand the verdict on
                if: ${{ !cancelled() }}
                uses: actions/upload-artifact@v4
                with:
                  name: cost-verdict
                  path: verdict.*
                  if-no-files-found: ignore

          comment:
            needs: cost
            # A fork's token can't comment: its verdict stands in the step summary and in the annotations.
            if: ${{ !cancelled() && github.event.pull_request.head.repo.full_name == github.repository }}
            runs-on: ubuntu-latest
            timeout-minutes: 5
            permissions:
              pull-requests: write
            steps:
              - uses: actions/download-artifact@v4
                continue-on-error: true
                with:
                  name: cost-verdict
              - name: Comment
                env:
                  # When to comment: always, changed (the costs are others than the baseline's), threshold (a warning or
                  # a failure), fail, never. A comment that is there is brought up to date instead of repeated.
                  POST: changed
                  GH_TOKEN: ${{ github.token }}
                  COMMENTS: repos/${{ github.repository }}/issues/${{ github.event.pull_request.number }}/comments
                  COMMENT: repos/${{ github.repository }}/issues/comments
                run: |
                  test -s verdict.md || exit 0
                  sign='<!-- magsag cost check -->'
                  case "$POST" in
                    always) post=true ;;
                    changed) post=$(jq '.status != "passed" or .cost_usd != .baseline_usd' verdict.json) ;;
                    threshold) post=$(jq '.status != "passed"' verdict.json) ;;
                    fail) post=$(jq '.status == "failed"' verdict.json) ;;
                    *) post=false ;;
                  esac
                  { echo "$sign"; head --bytes 60000 verdict.md; } > comment.md
                  found=$(gh api --paginate "$COMMENTS" --jq ".[] | select(.body | startswith(\"$sign\")) | .id" | head --lines 1)
                  if [ -n "$found" ]; then
                    gh api --method PATCH "$COMMENT/$found" --field body=@comment.md > /dev/null
                  elif [ "$post" = true ]; then
                    gh api --method POST "$COMMENTS" --field body=@comment.md > /dev/null
                  fi

        """.Replace("VERSION", ToolVersion.Text, StringComparison.Ordinal);
}
