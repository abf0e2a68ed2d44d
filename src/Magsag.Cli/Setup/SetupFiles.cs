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

    public const string Workflow = """
        name: Cost check

        on:
          pull_request:

        permissions:
          contents: read

        jobs:
          cost:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@v5
              - uses: actions/setup-dotnet@v5
                with:
                  dotnet-version: 10.0.x
              - name: Install magsag
                run: dotnet tool install --global Magsag.Cli
              - name: Test
                run: dotnet test
              - name: Judge the recorded costs
                if: ${{ !cancelled() }}
                run: |
                  magsag flow summarize --latest --output summary.json
                  magsag flow gate summary.json --format markdown --dry-run >> "$GITHUB_STEP_SUMMARY"
                  magsag flow gate summary.json --format github

        """;

    public const string EditorConfig = """

        [*.cs]
        # Magsag: https://github.com/magsag/magsag/blob/main/docs/rules/README.md
        magsag.max_output_tokens = 500
        magsag.premium_input_price = 2.00

        """;
}
