using Magsag.Ledger.Records;

namespace Magsag.Ledger.Summaries;

/// <summary>Which records are added up. Conditions add up; what is null isn't a condition.</summary>
internal sealed record LedgerFilter
{
    public string? RunId { get; init; }

    public string? Agent { get; init; }

    public string? Customer { get; init; }

    /// <summary>The model, as billed or as requested.</summary>
    public string? Model { get; init; }

    /// <summary>The earliest time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The time before which the calls were made.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>True when every record passes.</summary>
    public bool IsEmpty => this == new LedgerFilter();

    public bool Admits(in RecordFields record) =>
        Is(RunId, record.RunId)
        && Is(Agent, record.Agent)
        && Is(Customer, record.Customer)
        && (Is(Model, record.Model) || Is(Model, record.RequestedModel))
        && (Since is not { } since || since.UtcTicks <= record.Timestamp.UtcTicks)
        && (Until is not { } until || record.Timestamp.UtcTicks < until.UtcTicks);

    private static bool Is(string? wanted, string? found) => wanted is null || string.Equals(wanted, found, StringComparison.Ordinal);
}
