using Magsag.Cli.Html;

namespace Magsag.Cli.Dashboard;

/// <summary>Where a dashboard's costs come from.</summary>
internal interface IDashboardSource
{
    /// <summary>What the page is called.</summary>
    string Title { get; }

    /// <summary>The costs as they are now.</summary>
    /// <exception cref="DashboardProblemException">They can't be read.</exception>
    Task<ReportPage> ReadAsync(CancellationToken cancellationToken);

    /// <summary>When the costs changed, as long as somebody listens. The first comes at once: whatever changes after it is told. That they can't be read ends nothing.</summary>
    IAsyncEnumerable<DashboardChange> ChangesAsync(CancellationToken cancellationToken);
}
