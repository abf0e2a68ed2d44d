using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.Sdks.Tests;

/// <summary>Own prices in an app without Magsag.Yaml: this project references neither it nor what would bring it.</summary>
public sealed class OwnPricesTests : ILogger
{
    private readonly List<string> _log = [];

    [Fact]
    public void Without_the_package_that_reads_them_costs_are_unknown_and_the_log_names_the_package()
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.yaml");

        Assert.Null(RecordingPrices.For(new RecordingHost { ConfiguredPricesFile = file }, this));

        Assert.Contains("add the package Magsag.Yaml", Assert.Single(_log), StringComparison.Ordinal);
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _log.Add(formatter(state, exception));
}
