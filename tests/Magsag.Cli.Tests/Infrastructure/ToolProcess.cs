using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Magsag.Cli.Tests;

/// <summary>The built tool as a process of its own: for what only the operating system can do to it.</summary>
internal sealed class ToolProcess : IDisposable
{
    private const int InterruptSignal = 2;

    // As Linux and macOS number them.
    private static readonly int StopSignal = OperatingSystem.IsLinux() ? 19 : 17;
    private static readonly int ContinueSignal = OperatingSystem.IsLinux() ? 18 : 19;

    private static readonly string Tool = $"dotnet '{ToolForSomebody.Path}'";

    // Nobody, where the tests are run by root, whom no permission stops.
    public static readonly string[] SomebodyElse = Environment.UserName == "root" ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];

    // A shell that starts the tests in the background makes all that they start ignore Ctrl-C.
    private static readonly string[] HearingCtrlC = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT"] : [];

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private ToolProcess(Workspace workspace, IReadOnlyList<string> command)
    {
        _process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { WorkingDirectory = workspace.Directory, RedirectStandardOutput = true, RedirectStandardError = true })!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public static ToolProcess Start(Workspace workspace, params string[] arguments) => new(workspace, [.. HearingCtrlC, "dotnet", typeof(CommandLine).Assembly.Location, .. arguments]);

    /// <summary>Runs a command line as a user whom permissions stop.</summary>
    public static Task<ToolResult> RunAsSomebodyAsync(Workspace workspace, params string[] arguments) =>
        RunAsync(workspace, [.. SomebodyElse, "dotnet", ToolForSomebody.Path, .. arguments]);

    /// <summary>Runs a script in which <c>{0}</c> stands for the tool.</summary>
    public static Task<ToolResult> RunScriptAsync(Workspace workspace, string script, params string[] shell) =>
        RunAsync(workspace, [.. shell, "bash", "-c", string.Format(CultureInfo.InvariantCulture, script, Tool)]);

    /// <summary>True when the tool ended while this waited.</summary>
    public bool EndsWithin(TimeSpan time) => _process.WaitForExit(time);

    /// <summary>Presses Ctrl-C, at once: a program that sends the signal might start after the command has ended.</summary>
    public void Interrupt() => Send(InterruptSignal);

    /// <summary>Holds the tool still, so that it gets no further however long the test takes to look.</summary>
    public void Pause() => Send(StopSignal);

    public void Resume() => Send(ContinueSignal);

    private void Send(int signal) => Assert.Equal(0, Kill(_process.Id, signal));

    public async Task<ToolResult> EndAsync()
    {
        await _process.WaitForExitAsync();
        return new ToolResult(_process.ExitCode, await _output, await _error);
    }

    public void Dispose()
    {
        // A test that fails in between leaves it at work, or held still.
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);

    private static async Task<ToolResult> RunAsync(Workspace workspace, IReadOnlyList<string> command)
    {
        using var tool = new ToolProcess(workspace, command);
        return await tool.EndAsync();
    }
}
