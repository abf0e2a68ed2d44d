namespace Magsag.Ledger.Records;

/// <summary>The members of a record, in place: a line is read into them, and sums are made of them.</summary>
internal record struct RecordFields
{
    public Guid Id;
    public DateTimeOffset Timestamp;
    public string? RunId;
    public string? ParentRunId;
    public string? CallId;
    public string? Agent;
    public string? Customer;
    public string? BillingTier;
    public IReadOnlyDictionary<string, string>? Tags;
    public string? Provider;
    public string? Model;
    public string? RequestedModel;
    public string? Operation;
    public CallOutcome Outcome;
    public RecordCounts Counts;
    public UsageExtras? Extras;
    public UsageSource UsageSource;
    public string? UsageIssue;
    public decimal? CostUsd;
    public bool IsLowerBound;
    public decimal? AvoidedUsd;
    public string? PriceId;
    public bool Batch;
    public bool Replayed;
    public string? ServiceTier;
    public string? Region;
    public double? DurationMilliseconds;
    public string? Test;
    public string? Site;
    public string? Member;
    public Guid? Module;
    public string? Experiment;
    public string? Variant;
    public double? Quality;
    public LedgerCorrection? Correction;

    /// <summary>The operation; a line that names none is a chat's.</summary>
    public readonly string OperationOrChat => Operation ?? "chat";

    /// <summary>How the call ended, or that it is a correction of another one.</summary>
    public readonly CallOutcome Kind => Correction is not null ? CallOutcome.Correction : Outcome;

    /// <summary>Shows each text to a visitor, which may replace it.</summary>
    public void VisitTexts<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, ITextVisitor
    {
        visitor.Visit(ref RunId);
        visitor.Visit(ref ParentRunId);
        visitor.Visit(ref CallId);
        visitor.Visit(ref Agent);
        visitor.Visit(ref Customer);
        visitor.Visit(ref BillingTier);
        visitor.Visit(ref Provider, isOfProvider: true);
        visitor.Visit(ref Model, isOfProvider: true);
        visitor.Visit(ref RequestedModel, isOfProvider: true);
        visitor.Visit(ref Operation, isOfProvider: true);
        visitor.Visit(ref UsageIssue, isOfProvider: true);
        visitor.Visit(ref PriceId, isOfProvider: true);
        visitor.Visit(ref ServiceTier, isOfProvider: true);
        visitor.Visit(ref Region, isOfProvider: true);
        visitor.Visit(ref Test);
        visitor.Visit(ref Site);
        visitor.Visit(ref Member);
        visitor.Visit(ref Experiment);
        visitor.Visit(ref Variant);
        if (Correction is { } correction)
        {
            string? reason = correction.Reason;
            visitor.Visit(ref reason);
            Correction = ReferenceEquals(reason, correction.Reason) ? correction : correction with { Reason = reason ?? "" };
        }
    }
}
