namespace Magsag.Cli.Dashboard;

/// <summary>The costs can't be read now; the message says why in one line, for the page.</summary>
internal sealed class DashboardProblemException(string message, Exception innerException) : Exception(message, innerException);
