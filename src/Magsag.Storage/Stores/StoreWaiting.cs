namespace Magsag.Storage.Stores;

/// <summary>How a store that another process has locked is waited for, and how the wait is reported. PostgreSQL makes its clients wait by itself.</summary>
public sealed class StoreWaiting
{
    /// <summary>How long the other process may keep the lock without writing anything: 30 seconds unless set.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a wait may last before it is reported: 2 seconds unless set.</summary>
    public TimeSpan ReportAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets one line that says what is waited for, once for each store that is opened, on the thread that waits.</summary>
    public Action<string>? Report { get; init; }
}
