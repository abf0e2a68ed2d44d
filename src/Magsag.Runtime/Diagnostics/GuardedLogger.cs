using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Magsag.Runtime.Diagnostics;

/// <summary>Passes messages on to the app's logger. What the logger throws is counted and goes no further: a full or disposed sink must end neither the app's call nor a thread of the ledger.</summary>
internal sealed class GuardedLogger : ILogger
{
    private const string Category = "Magsag.Runtime";

    private readonly ILogger _inner;

    private GuardedLogger(ILogger inner) => _inner = inner;

    /// <summary>Guards a logger; a guarded one is returned as it is.</summary>
    public static ILogger Around(ILogger? logger) => logger switch
    {
        null or NullLogger => NullLogger.Instance,
        GuardedLogger guarded => guarded,
        _ => new GuardedLogger(logger),
    };

    /// <summary>Makes the runtime's logger; one that says nothing when there is no factory, or it fails.</summary>
    public static ILogger From(ILoggerFactory? loggers)
    {
        try
        {
            return Around(loggers?.CreateLogger(Category));
        }
        catch (Exception)
        {
            CostMeter.CountFault();
            return NullLogger.Instance;
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return _inner.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            CostMeter.CountFault();
            return false;
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            _inner.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            CostMeter.CountFault();
        }
    }
}
