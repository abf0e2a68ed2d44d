using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace Magsag.EndToEnd.Tests;

/// <summary>The action at the root of the repository: its scripts, read out of action.yml and run one after the other as GitHub does.</summary>
public sealed partial class CompositeAction : IDisposable
{
    private readonly GitHubRunner _runner = new();
    private readonly Dictionary<object, object> _action = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(File.ReadAllText(Path.Combine(Repository.Root, "action.yml")));

    /// <summary>The scripts of its steps.</summary>
    public IEnumerable<string> Scripts => Steps.Where(static step => step.ContainsKey("run")).Select(static step => (string)step["run"]);

    /// <summary>The actions of others that it uses.</summary>
    public IEnumerable<string> Uses => Steps.Where(static step => step.ContainsKey("uses")).Select(static step => (string)step["uses"]);

    private IEnumerable<Dictionary<object, object>> Steps => ((List<object>)((Dictionary<object, object>)_action["runs"])["steps"]).Cast<Dictionary<object, object>>();

    /// <summary>The default of an input.</summary>
    public string DefaultOf(string input) => (string)((Dictionary<object, object>)((Dictionary<object, object>)_action["inputs"])[input])["default"];

    /// <summary>Runs the scripts in a checked out repository until one fails.</summary>
    internal async Task<ActionRun> RunAsync(string workspace, params (string Name, string Value)[] inputs)
    {
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        var all = new ActionRun(0, "", "", outputs);
        foreach (Dictionary<object, object> step in Steps.Where(static step => step.ContainsKey("run")).TakeWhile(_ => all.ExitCode == 0))
        {
            Assert.Equal("bash", step["shell"]);
            string directory = step.TryGetValue("working-directory", out object? named) ? Path.Combine(workspace, Evaluate((string)named, inputs)) : workspace;
            IEnumerable<(string, string)> environment = ((Dictionary<object, object>)step["env"]).Select(variable => ((string)variable.Key, Evaluate((string)variable.Value, inputs)));
            ActionRun run = await _runner.RunAsync((string)step["run"], directory, environment, "--noprofile", "--norc", "-eo", "pipefail");
            all = new ActionRun(run.ExitCode, all.Printed + run.Printed, all.Summary + run.Summary, outputs);
            foreach ((string name, string value) in run.Outputs)
            {
                outputs[$"steps.{step["id"]}.outputs.{name}"] = value;
            }
        }

        return all with { Outputs = OutputsOf(outputs) };
    }

    public void Dispose() => _runner.Dispose();

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

    [GeneratedRegex(@"\$\{\{ ([a-z_.-]+) \}\}")]
    private static partial Regex Expression();
}
