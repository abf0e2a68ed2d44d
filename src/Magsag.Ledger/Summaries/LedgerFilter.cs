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

    public bool Admits(LedgerRecord record) =>
        Admits(record.RunId, record.Agent, record.Customer, record.Model, record.RequestedModel, record.Timestamp.UtcTicks);

    public bool Admits(in RecordFields record) =>
        Admits(record.RunId, record.Agent, record.Customer, record.Model, record.RequestedModel, record.Timestamp.UtcTicks);

    public bool Admits(string? runId, string? agent, string? customer, string? model, string? requestedModel, long utcTicks) =>
        Is(RunId, runId)
        && Is(Agent, agent)
        && Is(Customer, customer)
        && (Is(Model, model) || Is(Model, requestedModel))
        && (Since is not { } since || since.UtcTicks <= utcTicks)
        && (Until is not { } until || utcTicks < until.UtcTicks);

    private static bool Is(string? wanted, string? found) => wanted is null || string.Equals(wanted, found, StringComparison.Ordinal);
}
