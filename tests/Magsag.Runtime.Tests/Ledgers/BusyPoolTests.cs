using System.Diagnostics;

namespace Magsag.Runtime.Tests;

/// <summary>In a process of its own, whose thread pool is nobody else's.</summary>
public sealed class BusyPoolTests
{
    [Theory]
    [InlineData("runs", 1)]
    [InlineData("blocking", 64)]
    public async Task Ten_thousand_calls_each_in_a_run_of_its_own_are_all_recorded_however_busy_the_pool_is(string mode, int callers)
    {
        const int Calls = 10_000;
        using var runs = new RunsDirectory();
        using Process process = LedgerProcess.Start(runs, mode, callers, Calls / callers);

        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(0, process.ExitCode);
        int expected = Calls / callers * callers;
        Assert.StartsWith($"{expected} recorded, 0 lost", output, StringComparison.Ordinal);
        Assert.Equal(expected, runs.Records().Select(record => record.RunId).Distinct().Count());
    }
}
