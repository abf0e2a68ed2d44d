namespace Magsag.EndToEnd.Tests;

/// <summary>How a command ended and all that it printed.</summary>
internal sealed record CommandResult(string Command, int ExitCode, string Output)
{
    /// <summary>The one line of the gate.</summary>
    public string Headline => Output.Split('\n').Select(line => line.Trim()).LastOrDefault(line => line.StartsWith("Magsag: ", StringComparison.Ordinal)) ?? "";

    public CommandResult Succeeded()
    {
        Assert.True(ExitCode == 0, $"Expected exit code 0.\n{this}");
        return this;
    }

    public CommandResult Failed()
    {
        Assert.True(ExitCode != 0, $"Expected a failure.\n{this}");
        return this;
    }

    public CommandResult Prints(string text)
    {
        Assert.True(Output.Contains(text, StringComparison.Ordinal), $"Expected the output to contain: {text}\n{this}");
        return this;
    }

    public CommandResult DoesNotPrint(string text)
    {
        Assert.False(Output.Contains(text, StringComparison.Ordinal), $"Expected the output not to contain: {text}\n{this}");
        return this;
    }

    public override string ToString() => $"> {Command}\nexit code {ExitCode}\n{Output}";
}
