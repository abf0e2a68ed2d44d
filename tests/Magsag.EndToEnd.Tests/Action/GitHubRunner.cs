using System.Diagnostics;

namespace Magsag.EndToEnd.Tests;

/// <summary>Runs scripts of workflows and actions as a runner of GitHub's does.</summary>
internal sealed class GitHubRunner : IDisposable
{
    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("magsag-runner-");

    /// <summary>The runner's folder for temporary files.</summary>
    public string Temporary => _temporary.FullName;

    /// <summary>Runs one script to its end.</summary>
    /// <param name="script">The script.</param>
    /// <param name="directory">Where it runs.</param>
    /// <param name="environment">The step's variables.</param>
    /// <param name="options">The options of bash.</param>
    public async Task<ActionRun> RunAsync(string script, string directory, IEnumerable<(string Name, string Value)> environment, params string[] options)
    {
        string file = NewFile(script), output = NewFile(""), summary = NewFile("");
        var start = new ProcessStartInfo("bash", [.. options, file]) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
        DotnetCommand.ForgetTheOuterTestRun(start);
        (string, string)[] runners = [("GITHUB_ACTIONS", "true"), ("CI", "true"), ("RUNNER_TEMP", Temporary), ("GITHUB_WORKSPACE", directory), ("GITHUB_OUTPUT", output), ("GITHUB_STEP_SUMMARY", summary)];
        foreach ((string name, string value) in environment.Concat(runners))
        {
            start.Environment[name] = value;
        }

        using Process bash = Process.Start(start)!;
        Task<string> errors = bash.StandardError.ReadToEndAsync();
        string printed = await bash.StandardOutput.ReadToEndAsync() + await errors;
        await bash.WaitForExitAsync();
        return new ActionRun(bash.ExitCode, printed, await File.ReadAllTextAsync(summary), await OutputsIn(output));
    }

    public void Dispose() => _temporary.Delete(recursive: true);

    // As on GitHub, the last value of a name holds.
    private static async Task<Dictionary<string, string>> OutputsIn(string file)
    {
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string[] pair in (await File.ReadAllLinesAsync(file)).Select(static line => line.Split('=', 2)))
        {
            outputs[pair[0]] = pair[1];
        }

        return outputs;
    }

    private string NewFile(string content)
    {
        string path = Path.Combine(Temporary, Path.GetRandomFileName());
        File.WriteAllText(path, content);
        return path;
    }
}
