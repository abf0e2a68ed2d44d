using System.Diagnostics;

namespace Magsag.EndToEnd.Tests;

/// <summary>The command line tool packed as machine code (<c>-p:MagsagNativeTool=true</c>), in the place of the usual package for Linux.</summary>
public sealed class NativeToolTests(PackageFeed feed) : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("magsag-native-");

    public void Dispose() => _directory.Delete(recursive: true);

    [NativeCompilerFact]
    public async Task The_tool_as_machine_code_installs_under_the_same_name_and_does_the_same()
    {
        await InstallAsync();
        await RecordAsync();

        Assert.Empty(Directory.GetFiles(_directory.FullName, "magsag.dll", SearchOption.AllDirectories));
        (await MagsagAsync("--version")).Succeeded().Prints(feed.Version);
        (await MagsagAsync("init")).Succeeded();
        (await MagsagAsync("flow", "summarize", "--output", "summary.json")).Succeeded();
        (await MagsagAsync("flow", "gate", "summary.json", "--policy", "catalog/policies/cost_governance.yaml", "--baseline", "none.json", "--format", "sarif")).Failed().Prints("\"ruleId\": \"MAG208\"");
        (await MagsagAsync("data", "query", "--agent", "triage")).Succeeded().Prints("\"run_id\": \"run-1\"");
        (await MagsagAsync("data", "search", "model:our-own-model")).Succeeded().Prints("\"input_tokens\": 4000");
        (await MagsagAsync("report", "agent", "triage")).Succeeded().Prints("Average cost per run: $0.0125");
        (await MagsagAsync("report", "--html", "report.html")).Succeeded();
        (await MagsagAsync("prices", "show", "gpt-4o")).Succeeded().Prints("gpt-4o");
    }

    private async Task InstallAsync()
    {
        string packages = Directory.CreateDirectory(Path.Combine(_directory.FullName, "packages")).FullName, pointer = $"Magsag.Cli.{feed.Version}.nupkg";
        File.Copy(Path.Combine(feed.Path, pointer), Path.Combine(packages, pointer));
        (await DotnetCommand.RunAsync(
            Repository.Root,
            ["pack", "src/Magsag.Cli", "-c", "Release", "-r", "linux-x64", "-p:MagsagNativeTool=true", "--artifacts-path", Path.Combine(_directory.FullName, "artifacts"), "-o", packages, $"-p:Version={feed.Version}", "-p:RunAnalyzers=false"])).Succeeded();
        Directory.Delete(Path.Combine(_directory.FullName, "artifacts"), recursive: true);
        (await DotnetCommand.RunAsync(
            _directory.FullName,
            ["tool", "install", "Magsag.Cli", "--version", feed.Version, "--source", packages, "--tool-path", "bin"])).Succeeded();
    }

    private Task RecordAsync()
    {
        string costs = Directory.CreateDirectory(Path.Combine(_directory.FullName, ".runs", "costs")).FullName;
        return File.WriteAllTextAsync(Path.Combine(costs, "a.jsonl"), $$"""
            {"v":1,"id":"{{Guid.CreateVersion7()}}","ts":"2026-11-23T08:00:00Z","run_id":"run-1","agent":"triage","provider":"openai","model":"our-own-model","operation":"chat","outcome":"ok","input_tokens":4000,"output_tokens":250,"web_searches":2,"usage_source":"reported","cost_usd":0.0125}

            """);
    }

    private async Task<CommandResult> MagsagAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(_directory.FullName, "bin", "magsag"), arguments) { WorkingDirectory = _directory.FullName, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandResult($"magsag {string.Join(' ', arguments)}", process.ExitCode, output);
    }
}
