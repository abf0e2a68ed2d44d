namespace Magsag.Cli.Tests;

/// <summary>What a command line answered.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>Asserts that the command failed with one line on stderr and nothing on stdout; returns the line.</summary>
    public string Refused(int exitCode)
    {
        Assert.Equal("", Output);
        Assert.Equal(exitCode, ExitCode);
        Assert.StartsWith("magsag: ", Error, StringComparison.Ordinal);
        Assert.Equal(Error.Length - 1, Error.IndexOf('\n', StringComparison.Ordinal));
        return Error.TrimEnd('\n');
    }

    /// <summary>Asserts that the command succeeded; returns what it printed.</summary>
    public string Succeeded()
    {
        Assert.Equal("", Error);
        Assert.Equal(0, ExitCode);
        return Output;
    }
}
