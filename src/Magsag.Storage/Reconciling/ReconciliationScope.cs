namespace Magsag.Storage.Reconciling;

/// <summary>Which calls are compared with a provider's report, and under which names.</summary>
internal sealed record ReconciliationScope
{
    /// <summary>The providers' names; null for all.</summary>
    public IReadOnlyCollection<string>? Providers { get; init; }

    /// <summary>The first day in UTC; null for no limit.</summary>
    public DateOnly? First { get; init; }

    /// <summary>The last day in UTC; null for no limit.</summary>
    public DateOnly? Last { get; init; }

    /// <summary>The name under which a model is compared: reports and answers name the same model differently.</summary>
    public Func<string?, string?> NameOf { get; init; } = static model => model;

    /// <summary>The earliest time that is meant.</summary>
    public DateTimeOffset? Since => First is { } day ? Midnight(day) : null;

    /// <summary>The time before which it is.</summary>
    public DateTimeOffset? Until => Last is { } day ? Midnight(day.AddDays(1)) : null;

    public bool Means(DateOnly day, string? provider) =>
        (First is not { } first || day >= first) && (Last is not { } last || day <= last) && (Providers is not { } named || (provider is not null && named.Contains(provider)));

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
