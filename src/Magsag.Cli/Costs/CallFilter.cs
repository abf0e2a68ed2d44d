namespace Magsag.Cli.Costs;

/// <summary>Which calls the command line asks for; what is null isn't a condition.</summary>
internal sealed record CallFilter(string? RunId, string? Agent, string? Customer, string? Model, DateTimeOffset? Since, DateTimeOffset? Until)
{
    public static CallFilter Everything { get; } = new(null, null, null, null, null, null);

    public bool IsEmpty => this == Everything;

    /// <summary>The filter for ledger files.</summary>
    public LedgerFilter ForLedgers() => new() { RunId = RunId, Agent = Agent, Customer = Customer, Model = Model, Since = Since, Until = Until };

    /// <summary>The filter for a store.</summary>
    public RecordFilter ForStore() => new() { RunId = RunId, Agent = Agent, Customer = Customer, Model = Model, Since = Since, Until = Until };
}
