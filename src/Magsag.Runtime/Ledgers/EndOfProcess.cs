using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Magsag.Runtime.Ledgers;

/// <summary>Has the open ledgers written when the process ends: by itself, by an exception, or because a signal asks it to.</summary>
/// <remarks>
/// .NET 10 raises no ProcessExit for signals without a handler. The handlers here cancel nothing: what a signal does to the process,
/// its exit code and the graceful stop of a host stay as they are. While no ledger is open nothing is registered, so that a load context can be unloaded.
/// </remarks>
internal static class EndOfProcess
{
    private static readonly TimeSpan SignalPatience = TimeSpan.FromSeconds(2);

    private static readonly Lock Gate = new();
    private static readonly HashSet<CostLedger> Ledgers = [];
    private static readonly List<PosixSignalRegistration> Signals = [];

    /// <summary>Has a ledger written at the end.</summary>
    public static void Watch(CostLedger ledger)
    {
        lock (Gate)
        {
            if (Ledgers.Add(ledger) && Ledgers.Count == 1)
            {
                Register();
            }
        }
    }

    /// <summary>Lets go of a ledger that is being closed.</summary>
    public static void Forget(CostLedger ledger)
    {
        lock (Gate)
        {
            if (Ledgers.Remove(ledger) && Ledgers.Count == 0)
            {
                Unregister();
            }
        }
    }

    private static void Register()
    {
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        AppDomain.CurrentDomain.UnhandledException += OnUnhandledException;
        if (AssemblyLoadContext.GetLoadContext(typeof(EndOfProcess).Assembly) is { IsCollectible: true } context)
        {
            context.Unloading += OnUnloading;
        }

        foreach (PosixSignal signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP, PosixSignal.SIGQUIT])
        {
            try
            {
                Signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
            }
            catch (Exception error) when (error is PlatformNotSupportedException or IOException)
            {
                // Not everywhere there are such signals; then none ends the process.
            }
        }
    }

    private static void Unregister()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandledException;
        if (AssemblyLoadContext.GetLoadContext(typeof(EndOfProcess).Assembly) is { IsCollectible: true } context)
        {
            context.Unloading -= OnUnloading;
        }

        Signals.ForEach(static signal => signal.Dispose());
        Signals.Clear();
    }

    private static CostLedger[] OpenLedgers()
    {
        lock (Gate)
        {
            return [.. Ledgers];
        }
    }

    private static void OnExit(object? sender, EventArgs arguments)
    {
        // The mark comes first: a test host may be killed before the rest is done. Environment.Exit can't be told from a Main that returns.
        CostLedger[] ledgers = OpenLedgers();
        Array.ForEach(ledgers, static ledger => ledger.MarkOver());
        Array.ForEach(ledgers, static ledger => ledger.CloseAtExit());
    }

    private static void OnUnhandledException(object sender, UnhandledExceptionEventArgs arguments) =>
        Array.ForEach(OpenLedgers(), static ledger => ledger.CloseAtExit());

    private static void OnSignal(PosixSignalContext context)
    {
        long start = Stopwatch.GetTimestamp();
        foreach (CostLedger ledger in OpenLedgers())
        {
            TimeSpan left = SignalPatience - Stopwatch.GetElapsedTime(start);
            ledger.FlushAtSignal(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
    }

    private static void OnUnloading(AssemblyLoadContext context)
    {
        Array.ForEach(OpenLedgers(), static ledger => ledger.Dispose());
        CostMeter.Close();
    }
}
