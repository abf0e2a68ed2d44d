using System.Diagnostics;
using System.Globalization;

namespace Magsag.Runtime.Tests;

/// <summary>Real processes and real signals.</summary>
public sealed class SignalTests
{
    private const int Records = 50;

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    [InlineData("HUP", 129)]
    [InlineData("QUIT", 131)]
    public async Task A_signal_that_ends_a_plain_process_loses_no_record_and_keeps_its_exit_code(string signal, int exitCode)
    {
        using var runs = new RunsDirectory();
        using Process process = LedgerProcess.Start(runs, "wait", 1, Records);

        await SendAsync(process, signal);
        await process.WaitForExitAsync();

        Assert.Equal((exitCode, Records), (process.ExitCode, runs.Records().Count));
    }

    [Theory]
    [InlineData("TERM", 0)]
    [InlineData("INT", 0)]
    [InlineData("QUIT", 0)]
    [InlineData("HUP", 129)]
    public async Task A_generic_host_stops_as_ever_and_calls_made_while_it_stops_are_recorded(string signal, int exitCode)
    {
        using var runs = new RunsDirectory();
        using Process process = LedgerProcess.Start(runs, "host", 1, Records);

        await SendAsync(process, signal);
        await process.WaitForExitAsync();

        // The host doesn't handle a hang-up: it ends without a stop.
        int whileStopping = exitCode == 0 ? 1 : 0;
        Assert.Equal((exitCode, Records + whileStopping), (process.ExitCode, runs.Records().Count));
    }

    [Fact]
    public async Task A_process_that_cancels_the_interrupt_lives_on_and_records_on()
    {
        using var runs = new RunsDirectory();
        using Process process = LedgerProcess.Start(runs, "cancel", 1, Records);

        await SendAsync(process, "INT");
        await process.WaitForExitAsync();

        Assert.Equal((7, Records + 1), (process.ExitCode, runs.Records().Count));
    }

    [Fact]
    public async Task A_call_made_after_the_signal_is_written_before_it_returns()
    {
        using var runs = new RunsDirectory();
        using Process process = LedgerProcess.Start(runs, "late", 1, Records);

        await SendAsync(process, "TERM");
        await process.WaitForExitAsync();

        // It dies by SIGKILL right after its last call.
        Assert.Equal((128 + 9, Records + 1), (process.ExitCode, runs.Records().Count));
    }

    private static async Task SendAsync(Process process, string signal)
    {
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync());
        using Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
