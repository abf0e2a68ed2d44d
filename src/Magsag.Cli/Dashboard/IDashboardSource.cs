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

    /// <summary>Changes of the costs, until cancelled. The first comes at once, so that nothing after it is missed. A failed read doesn't end the sequence.</summary>
    IAsyncEnumerable<DashboardChange> ChangesAsync(CancellationToken cancellationToken);
}
