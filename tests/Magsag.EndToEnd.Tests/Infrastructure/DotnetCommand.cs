using System.Diagnostics;
using System.Text;

namespace Magsag.EndToEnd.Tests;

/// <summary>Runs the real <c>dotnet</c>.</summary>
internal static class DotnetCommand
{
    // Ends what hangs; a busy machine takes long without hanging.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    /// <summary>Runs a command in a directory and waits for its end.</summary>
    /// <param name="directory">The working directory.</param>
    /// <param name="arguments">What follows <c>dotnet</c>.</param>
    /// <param name="environment">Variables to set; null removes one.</param>
    public static async Task<CommandResult> RunAsync(string directory, IEnumerable<string> arguments, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        ForgetTheOuterTestRun(start);
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        // A second (in hexadecimal) instead of a tenth: most of these processes end before methods that were compiled twice pay, and a quarter of their processor time went into that.
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "3E8";
        // No build server outlives a test unless the test is about that.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "true";
        start.Environment["SharedCompilationId"] = CompilerServer.Id;
        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', start.ArgumentList)} took more than {Limit}.\n{await output}{await errors}");
        }

        return new CommandResult($"dotnet {string.Join(' ', start.ArgumentList)}", process.ExitCode, await output + await errors);
    }

    /// <summary>The test host runs inside <c>dotnet test</c>, whose variables would change what an inner <c>dotnet</c> does.</summary>
    public static void ForgetTheOuterTestRun(ProcessStartInfo start)
    {
        foreach (string name in start.Environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase) || name is "CI" or "DOTNET_HOST_PATH" or "SUPPORTDESK_MODEL").ToList())
        {
            start.Environment.Remove(name);
        }
    }
}
