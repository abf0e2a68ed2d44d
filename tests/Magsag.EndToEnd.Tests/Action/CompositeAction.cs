using System.Diagnostics;
using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace Magsag.EndToEnd.Tests;

/// <summary>The action at the root of the repository: its scripts, read out of action.yml and run one after the other as GitHub does.</summary>
internal sealed partial class CompositeAction : IDisposable
{
    private readonly DirectoryInfo _runner = Directory.CreateTempSubdirectory("magsag-runner-");
    private readonly Dictionary<object, object> _action = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(File.ReadAllText(Path.Combine(Repository.Root, "action.yml")));

    /// <summary>The scripts of its steps.</summary>
    public IEnumerable<string> Scripts => Steps.Where(static step => step.ContainsKey("run")).Select(static step => (string)step["run"]);

    /// <summary>The actions of others that it uses.</summary>
    public IEnumerable<string> Uses => Steps.Where(static step => step.ContainsKey("uses")).Select(static step => (string)step["uses"]);

    private IEnumerable<Dictionary<object, object>> Steps => ((List<object>)((Dictionary<object, object>)_action["runs"])["steps"]).Cast<Dictionary<object, object>>();

    /// <summary>The default of an input.</summary>
    public string DefaultOf(string input) => (string)((Dictionary<object, object>)((Dictionary<object, object>)_action["inputs"])[input])["default"];

    /// <summary>Runs the scripts in a checked out repository until one fails.</summary>
    public async Task<ActionRun> RunAsync(string workspace, params (string Name, string Value)[] inputs)
    {
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        string printed = "", summary = "";
        int exitCode = 0;
        foreach (Dictionary<object, object> step in Steps.Where(static step => step.ContainsKey("run")).TakeWhile(_ => exitCode == 0))
        {
            string output = NewFile(), summaryOfStep = NewFile();
            (exitCode, string text) = await RunAsync(step, workspace, inputs, output, summaryOfStep);
            printed += text;
            summary += await File.ReadAllTextAsync(summaryOfStep);
            foreach (string[] pair in (await File.ReadAllLinesAsync(output)).Select(static line => line.Split('=', 2)))
            {
                outputs[$"steps.{step["id"]}.outputs.{pair[0]}"] = pair[1];
            }
        }

        return new ActionRun(exitCode, printed, summary, OutputsOf(outputs));
    }

    public void Dispose() => _runner.Delete(recursive: true);

    private async Task<(int ExitCode, string Output)> RunAsync(Dictionary<object, object> step, string workspace, (string Name, string Value)[] inputs, string output, string summary)
    {
        Assert.Equal("bash", step["shell"]);
        string script = NewFile();
        await File.WriteAllTextAsync(script, (string)step["run"]);
        string directory = step.TryGetValue("working-directory", out object? named) ? Path.Combine(workspace, Evaluate((string)named, inputs)) : workspace;
        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc", "-eo", "pipefail", script]) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
        DotnetCommand.ForgetTheOuterTestRun(start);
        foreach ((object name, object value) in (Dictionary<object, object>)step["env"])
        {
            start.Environment[(string)name] = Evaluate((string)value, inputs);
        }

        (start.Environment["GITHUB_ACTIONS"], start.Environment["CI"]) = ("true", "true");
        (start.Environment["GITHUB_WORKSPACE"], start.Environment["RUNNER_TEMP"]) = (workspace, _runner.FullName);
        (start.Environment["GITHUB_OUTPUT"], start.Environment["GITHUB_STEP_SUMMARY"]) = (output, summary);
        using Process bash = Process.Start(start)!;
        Task<string> errors = bash.StandardError.ReadToEndAsync();
        string text = await bash.StandardOutput.ReadToEndAsync() + await errors;
        await bash.WaitForExitAsync();
        return (bash.ExitCode, text);
    }

    private Dictionary<string, string> OutputsOf(Dictionary<string, string> ofSteps) => ((Dictionary<object, object>)_action["outputs"]).ToDictionary(
        static output => (string)output.Key,
        output => ofSteps.GetValueOrDefault(Expression().Match((string)((Dictionary<object, object>)output.Value)["value"]).Groups[1].Value, ""),
        StringComparer.Ordinal);

    private string Evaluate(string text, (string Name, string Value)[] inputs) => Expression().Replace(text, match =>
    {
        string name = match.Groups[1].Value;
        Assert.StartsWith("inputs.", name, StringComparison.Ordinal);
        name = name["inputs.".Length..];
        return inputs.Where(input => input.Name == name).Select(static input => input.Value).FirstOrDefault() ?? DefaultOf(name);
    });

    private string NewFile()
    {
        string path = Path.Combine(_runner.FullName, Path.GetRandomFileName());
        File.WriteAllText(path, "");
        return path;
    }

    [GeneratedRegex(@"\$\{\{ ([a-z_.-]+) \}\}")]
    private static partial Regex Expression();
}
