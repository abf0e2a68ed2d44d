namespace Magsag.Cli.Tests.Ingest;

public sealed class IngestTests
{
    [Fact]
    public async Task Records_get_in_once_however_often_they_are_read()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage(), Calls.Answer());

        ToolResult first = await workspace.RunAsync("ingest", "--to", "sqlite:costs.db");
        ToolResult second = await workspace.RunAsync("ingest", "--to", "sqlite:costs.db");

        Assert.StartsWith("Magsag: 2 new records of 1 file, in ", first.Error, StringComparison.Ordinal);
        Assert.StartsWith("Magsag: 0 new records of 1 file", second.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (first.ExitCode, first.Output));
    }

    [Fact]
    public async Task A_broken_ledger_is_named_and_the_others_are_read()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());
        File.AppendAllText(workspace.PathOf(".runs/costs/a.jsonl"), "oops\n");
        workspace.Record(".runs/costs/b.jsonl", Calls.Answer());

        ToolResult result = await workspace.RunAsync("ingest", "--to", "sqlite:costs.db");

        Assert.Equal(3, result.ExitCode);
        Assert.StartsWith("Magsag: 2 new records of 2 files", result.Error, StringComparison.Ordinal);
        Assert.Contains("magsag: .runs/costs/a.jsonl(3): ", result.Error);
    }

    [Fact]
    public async Task Stopping_in_the_middle_leaves_a_store_that_reads_on()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", [.. Enumerable.Range(0, 20_000).Select(static call => Calls.Triage() with { Id = Guid.NewGuid() })]);
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        ToolResult interrupted = await workspace.RunAsync(stopped.Token, "ingest", "--to", "sqlite:costs.db");
        ToolResult again = await workspace.RunAsync("ingest", "--to", "sqlite:costs.db");

        Assert.Equal(130, interrupted.ExitCode);
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("\"calls\": 20000", (await workspace.RunAsync("data", "query", "--store", "sqlite:costs.db")).Succeeded());
    }

    [Fact]
    public async Task Watching_reads_on_until_it_is_stopped()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());
        using var stopped = new CancellationTokenSource();
        Task<ToolResult> watching = workspace.RunAsync(stopped.Token, "ingest", "--to", "sqlite:costs.db", "--watch", "--every", "0.1");

        workspace.Record(".runs/costs/b.jsonl", Calls.Answer("run-2"));
        while (!await HasAsync(workspace, "run-2"))
        {
            await Task.Delay(50);
        }

        await stopped.CancelAsync();
        Assert.Equal(130, (await watching).ExitCode);
    }

    [Fact]
    public async Task A_store_must_be_named()
    {
        using var workspace = new Workspace();

        (await workspace.RunAsync("ingest")).Refused(2);
    }

    private static async Task<bool> HasAsync(Workspace workspace, string run) =>
        (await workspace.RunAsync("data", "query", "--store", "sqlite:costs.db")).Output.Contains(run, StringComparison.Ordinal);
}
