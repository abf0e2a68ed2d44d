namespace Magsag.Ledger.Records;

/// <summary>Whom a call is attributed to, as far as limits care.</summary>
public sealed record CallAttribution
{
    /// <summary>The run.</summary>
    public string? RunId { get; init; }

    /// <summary>The agent.</summary>
    public string? Agent { get; init; }

    /// <summary>The model, as billed or as asked for.</summary>
    public string? Model { get; init; }

    /// <summary>The customer (tenant).</summary>
    public string? Customer { get; init; }

    /// <summary>The customer's billing tier.</summary>
    public string? BillingTier { get; init; }

    /// <summary>The tags.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    internal static CallAttribution From(in RecordFields record) => new()
    {
        RunId = record.RunId,
        Agent = record.Agent,
        Model = record.Model ?? record.RequestedModel,
        Customer = record.Customer,
        BillingTier = record.BillingTier,
        Tags = record.Tags,
    };
}
