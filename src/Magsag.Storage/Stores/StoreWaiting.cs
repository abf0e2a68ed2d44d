namespace Magsag.Storage.Stores;

/// <summary>How a store that another process has locked is waited for, and who is told. PostgreSQL lets its clients wait by itself.</summary>
public sealed class StoreWaiting
{
    /// <summary>How long the other process may keep the lock without writing anything: 30 seconds unless set.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a wait may last before anybody is told: 2 seconds unless set.</summary>
    public TimeSpan TellAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Told in one line what is waited for, once per store that was opened, on the thread that waits.</summary>
    public Action<string>? Tell { get; init; }
}
