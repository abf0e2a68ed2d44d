using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.Tests;

/// <summary>Keeps what is logged; serves as the services of a pipeline.</summary>
internal sealed class CapturedLog : IServiceProvider, ILoggerFactory, ILogger
{
    public List<string> Lines { get; } = [];

    public object? GetService(Type serviceType) => serviceType == typeof(ILoggerFactory) ? this : null;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));

    public void Dispose()
    {
    }
}
