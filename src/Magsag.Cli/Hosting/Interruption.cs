using System.Runtime.InteropServices;

namespace Magsag.Cli.Hosting;

/// <summary>Ctrl-C and SIGTERM: the first asks the command to end and leave nothing half-written, the second ends the process.</summary>
/// <remarks>System.CommandLine handles them only after a command's first await, which a long computation never reaches.</remarks>
internal sealed class Interruption : IDisposable
{
    // Time for a command to commit what it has and report its progress; a busy disk may need a while.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _signals = [];

    private Interruption()
    {
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Listens from now on.</summary>
    public static Interruption Listen()
    {
        var interruption = new Interruption();
        foreach (PosixSignal signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
        {
            interruption._signals.Add(PosixSignalRegistration.Create(signal, interruption.Handle));
        }

        return interruption;
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }

        _stop.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        context.Cancel = true;
        _ = Task.Delay(TimeToStop).ContinueWith(static _ => Environment.Exit(ExitCode.Interrupted), TaskScheduler.Default);
        _stop.Cancel();
    }
}
