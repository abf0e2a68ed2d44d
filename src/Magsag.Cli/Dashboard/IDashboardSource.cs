using Magsag.Cli.Html;

namespace Magsag.Cli.Dashboard;

/// <summary>Where a dashboard's costs come from.</summary>
internal interface IDashboardSource
{
    /// <summary>The costs as they are now.</summary>
    Task<ReportPage> ReadAsync(CancellationToken cancellationToken);

    /// <summary>The times at which the costs changed, as long as somebody listens. The first comes at once: whatever changes after it is told.</summary>
    IAsyncEnumerable<DateTimeOffset> ChangesAsync(CancellationToken cancellationToken);
}
