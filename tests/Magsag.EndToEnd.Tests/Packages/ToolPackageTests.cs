using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Magsag.EndToEnd.Tests;

/// <summary>The command line tool as packed, installed with <c>dotnet tool install --add-source</c>.</summary>
public sealed class ToolPackageTests(PackageFeed feed) : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("magsag-tool-");

    private string _tool = null!;

    public async ValueTask InitializeAsync() => _tool = Path.Combine(await feed.ToolFolderAsync(), OperatingSystem.IsWindows() ? "magsag.exe" : "magsag");

    public ValueTask DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_installed_tool_summarises_judges_queries_and_reports()
    {
        await Write(3);

        Assert.Matches($"^{Regex.Escape(feed.Version)}\\s+prices of 20[0-9-]{{8}}\\s*$", (await RunAsync("--version")).Output);
        Assert.Equal(0, (await RunAsync("flow", "summarize", "--output", "summary.json")).ExitCode);
        Assert.Contains("passed with warnings (MAG203)", (await RunAsync("flow", "gate", "summary.json")).Output);
        Assert.Equal(0, (await RunAsync("baseline", "accept", "summary.json")).ExitCode);
        Assert.EndsWith("(±0 %): passed", (await RunAsync("flow", "gate", "summary.json")).Output, StringComparison.Ordinal);
        Assert.Contains("\"run_id\": \"run-1\"", (await RunAsync("data", "query", "--agent", "triage", "--limit", "100")).Output);
        Assert.Contains("Average cost per run: $0.0375", (await RunAsync("report", "agent", "triage")).Output);
        Assert.Equal(1, (await RunAsync("report", "daily", "--date", "2026-11-23", "--alert-above", "0.01")).ExitCode);
    }

    [Fact]
    public async Task A_reader_that_leaves_early_is_no_error()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await Write(5000);

        (int code, string output) = await RunProgramAsync("/bin/bash", ["-c", $"set -o pipefail; '{_tool}' data query --calls --limit 5000 --csv | head -n 1"]);

        Assert.Equal((0, "ts,run_id,agent,customer,model,operation,outcome,input_tokens,output_tokens,cost_usd,cost_bound,test,site,id"), (code, output));
    }

    [Fact]
    public void The_tool_is_compiled_ahead_for_Linux_and_compiles_itself_everywhere_else()
    {
        string[] ahead = EntriesOf("Magsag.Cli.linux-x64"), anywhere = EntriesOf("Magsag.Cli.any");

        Assert.Contains("tools/any/any/DotnetToolSettings.xml", EntriesOf("Magsag.Cli"));
        Assert.Contains("tools/net10.0/linux-x64/magsag.dll", ahead);
        Assert.Contains("tools/net10.0/linux-x64/libe_sqlite3.so", ahead);
        Assert.Contains("tools/net10.0/linux-musl-x64/magsag.dll", EntriesOf("Magsag.Cli.linux-musl-x64"));
        Assert.Contains("tools/net10.0/any/magsag.dll", anywhere);
        Assert.Contains("tools/net10.0/any/runtimes/osx-arm64/native/libe_sqlite3.dylib", anywhere);
        Assert.Contains("tools/net10.0/any/runtimes/win-x64/native/e_sqlite3.dll", anywhere);
        Assert.Contains("README.md", EntriesOf("Magsag.Cli"));
    }

    private string[] EntriesOf(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(feed.Path, $"{package}.{feed.Version}.nupkg"));
        return [.. archive.Entries.Select(static entry => entry.FullName)];
    }

    private Task Write(int calls)
    {
        string costs = Directory.CreateDirectory(Path.Combine(_directory.FullName, ".runs", "costs")).FullName;
        IEnumerable<string> lines = Enumerable.Range(0, calls).Select(static call =>
            $$"""{"v":1,"id":"{{Guid.CreateVersion7()}}","ts":"2026-11-23T08:00:00.{{call:0000000}}Z","run_id":"run-1","agent":"triage","provider":"openai","model":"gpt-4o-2024-08-06","operation":"chat","outcome":"ok","input_tokens":4000,"output_tokens":250,"usage_source":"reported","cost_usd":0.0125}""");
        return File.WriteAllLinesAsync(Path.Combine(costs, "a.jsonl"), lines);
    }

    private Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => RunProgramAsync(_tool, arguments);

    private async Task<(int ExitCode, string Output)> RunProgramAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _directory.FullName, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output.Trim());
    }
}
