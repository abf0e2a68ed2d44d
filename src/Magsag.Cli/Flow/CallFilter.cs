using Magsag.Ledger.Summaries;

namespace Magsag.Cli;

/// <summary>Which calls the command line asks for; what is null isn't a condition.</summary>
internal sealed record CallFilter(string? RunId, string? Agent, string? Customer, string? Model, DateTimeOffset? Since, DateTimeOffset? Until)
{
    public static CallFilter Everything { get; } = new(null, null, null, null, null, null);

    public bool IsEmpty => this == Everything;

    /// <summary>The same for ledger files.</summary>
    public LedgerFilter ForLedgers() => new() { RunId = RunId, Agent = Agent, Customer = Customer, Model = Model, Since = Since, Until = Until };
}
