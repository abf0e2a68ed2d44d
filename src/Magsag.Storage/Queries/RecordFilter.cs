using Magsag.Ledger.Records;

namespace Magsag.Storage.Queries;

/// <summary>Which records are meant. Conditions add up; what is null isn't a condition. Names match whole and by ordinal comparison.</summary>
public sealed record RecordFilter
{
    /// <summary>The run.</summary>
    public string? RunId { get; init; }

    /// <summary>The agent.</summary>
    public string? Agent { get; init; }

    /// <summary>The customer.</summary>
    public string? Customer { get; init; }

    /// <summary>The customer's billing tier.</summary>
    public string? BillingTier { get; init; }

    /// <summary>The provider.</summary>
    public string? Provider { get; init; }

    /// <summary>The model, as billed or as requested.</summary>
    public string? Model { get; init; }

    /// <summary>What was called: <c>chat</c>, <c>embeddings</c> …</summary>
    public string? Operation { get; init; }

    /// <summary>The test.</summary>
    public string? Test { get; init; }

    /// <summary>The call site with its line (<c>src/Triage.cs:42</c>), or the file without (<c>src/Triage.cs</c>).</summary>
    public string? Site { get; init; }

    /// <summary>Tags that all have to be there.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>How the call ended.</summary>
    public CallOutcome? Outcome { get; init; }

    /// <summary>The earliest time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The time before which the calls were made.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Words that all have to occur, <c>field:value</c> terms, names of fields that have to be known.</summary>
    public string? Search { get; init; }
}
