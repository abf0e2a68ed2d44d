using Magsag.Pricing;

namespace Magsag.Gating;

/// <summary>The members of a record while its line is read.</summary>
internal struct RecordFields
{
    public Guid Id;
    public DateTimeOffset Timestamp;
    public string? RunId;
    public string? ParentRunId;
    public string? CallId;
    public string? Agent;
    public string? Customer;
    public string? BillingTier;
    public LedgerTags? Tags;
    public string? Provider;
    public string? Model;
    public string? RequestedModel;
    public string? Operation;
    public CallOutcome Outcome;
    public long? InputTokens;
    public long? CachedInputTokens;
    public long? CacheWriteTokens;
    public long? CacheWriteOneHourTokens;
    public long? OutputTokens;
    public long? ReasoningTokens;
    public Usage Extras;
    public UsageSource UsageSource;
    public string? UsageIssue;
    public decimal? CostUsd;
    public decimal? AvoidedUsd;
    public string? PriceId;
    public bool Batch;
    public string? ServiceTier;
    public string? Region;
    public double? Duration;
    public string? Test;
    public string? Site;
    public string? Member;
    public Guid? Module;
    public string? Experiment;
    public string? Variant;
    public double? Quality;
    public Guid? Corrects;
    public DateTimeOffset CorrectedAt;
    public string? Reason;
    public bool WasUnknown;

    public readonly LedgerRecord ToRecord() => new()
    {
        Id = Id,
        Timestamp = Timestamp,
        RunId = RunId,
        ParentRunId = ParentRunId,
        CallId = CallId,
        Agent = Agent,
        Customer = Customer,
        BillingTier = BillingTier,
        Tags = Tags,
        Provider = Provider,
        Model = Model,
        RequestedModel = RequestedModel,
        Operation = Operation ?? "chat",
        Outcome = Corrects.HasValue ? CallOutcome.Correction : Outcome,
        InputTokens = InputTokens,
        CachedInputTokens = CachedInputTokens,
        CacheWriteTokens = CacheWriteTokens,
        CacheWriteOneHourTokens = CacheWriteOneHourTokens,
        OutputTokens = OutputTokens,
        ReasoningTokens = ReasoningTokens,
        Extras = UsageExtras.Of(Extras),
        UsageSource = UsageSource,
        UsageIssue = UsageIssue,
        CostUsd = CostUsd,
        AvoidedUsd = AvoidedUsd,
        PriceId = PriceId,
        Batch = Batch,
        ServiceTier = ServiceTier,
        Region = Region,
        DurationMilliseconds = Duration,
        Test = Test,
        Site = Site,
        Member = Member,
        Module = Module,
        Experiment = Experiment,
        Variant = Variant,
        Quality = Quality,
        Correction = Corrects is { } corrected ? new LedgerCorrection(corrected, CorrectedAt, Reason ?? "") { WasUnknown = WasUnknown } : null,
    };
}
