using System.Diagnostics;
using System.Globalization;

namespace Magsag.Storage.Tests;

/// <summary>One process with eight callers. It waits for rounds until its input ends.</summary>
internal sealed class CallerProcess : IDisposable
{
    private const int ExitCodeOfKill = 128 + 9;

    private readonly Process _process;
    private readonly Task<string> _errors;
    private bool _isReady;

    public CallerProcess(params IEnumerable<string> arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Magsag.Storage.BudgetCaller.dll");
        _process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Waits until the store is open.</summary>
    public async Task ReadyAsync()
    {
        if (!_isReady)
        {
            Assert.True(await _process.StandardOutput.ReadLineAsync() == "ready", await Failure());
            _isReady = true;
        }
    }

    /// <summary>Plays a round; false when the process killed itself.</summary>
    /// <param name="account">The account to spend from.</param>
    /// <param name="seed">Decides what the callers do.</param>
    /// <param name="untilDeath">How often a caller comes to a place where the process may be killed until it is; 0 for never.</param>
    public async Task<bool> SpendAsync(string account, int seed, int untilDeath)
    {
        await _process.StandardInput.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{account} {seed} {untilDeath}"));
        await _process.StandardInput.FlushAsync();
        if (await _process.StandardOutput.ReadLineAsync() == "done")
        {
            return true;
        }

        await _process.WaitForExitAsync();
        Assert.True(_process.ExitCode == ExitCodeOfKill, await Failure());
        return false;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<string> Failure() => $"A caller failed: {(_process.HasExited ? await _errors : "it gave another answer")}";
}
