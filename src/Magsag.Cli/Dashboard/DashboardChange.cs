namespace Magsag.Cli.Dashboard;

/// <summary>A notification for the open pages of a dashboard.</summary>
/// <param name="At">When it was noticed.</param>
/// <param name="Problem">Why the costs can't be read now; null when they can and have changed.</param>
internal sealed record DashboardChange(DateTimeOffset At, string? Problem = null);
