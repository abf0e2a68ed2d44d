using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.Tests;

/// <summary>A logger whose sink is gone: whatever it is told, it throws.</summary>
internal sealed class ThrowingLog(bool onCreate = false) : IServiceProvider, ILoggerFactory, ILogger
{
    public object? GetService(Type serviceType) => serviceType == typeof(ILoggerFactory) ? this : null;

    public ILogger CreateLogger(string categoryName) => onCreate ? throw new ObjectDisposedException("The factory") : this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => throw new ObjectDisposedException("The sink");

    public void Dispose()
    {
    }
}
