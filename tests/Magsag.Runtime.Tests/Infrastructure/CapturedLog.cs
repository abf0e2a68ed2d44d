using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.Tests;

/// <summary>Keeps what is logged; serves as the services of a pipeline.</summary>
internal sealed class CapturedLog : IServiceProvider, ILoggerFactory, ILogger
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<string> Lines { get; } = [];

    /// <summary>Completes when the first line is there; some are written on another thread than the caller's.</summary>
    public Task FirstAsync() => _first.Task;

    public object? GetService(Type serviceType) => serviceType == typeof(ILoggerFactory) ? this : null;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Lines.Add(formatter(state, exception));
        _first.TrySetResult();
    }

    public void Dispose()
    {
    }
}
