using Magsag.Pricing.Tokens;

namespace Magsag.Ledger.Records;

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
    public IReadOnlyDictionary<string, string>? Tags;
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

    /// <summary>The operation; a line that names none is a chat's.</summary>
    public readonly string OperationOrChat => Operation ?? "chat";

    /// <summary>How the call ended, or that it is a correction of another one.</summary>
    public readonly CallOutcome Kind => Corrects.HasValue ? CallOutcome.Correction : Outcome;

    public static RecordFields Of(LedgerRecord record) => new()
    {
        Id = record.Id,
        Timestamp = record.Timestamp,
        RunId = record.RunId,
        ParentRunId = record.ParentRunId,
        CallId = record.CallId,
        Agent = record.Agent,
        Customer = record.Customer,
        BillingTier = record.BillingTier,
        Tags = record.Tags,
        Provider = record.Provider,
        Model = record.Model,
        RequestedModel = record.RequestedModel,
        Operation = record.Operation,
        Outcome = record.Outcome,
        InputTokens = record.InputTokens,
        CachedInputTokens = record.CachedInputTokens,
        CacheWriteTokens = record.CacheWriteTokens,
        CacheWriteOneHourTokens = record.CacheWriteOneHourTokens,
        OutputTokens = record.OutputTokens,
        ReasoningTokens = record.ReasoningTokens,
        Extras = record.Extras?.Counts ?? default,
        UsageSource = record.UsageSource,
        UsageIssue = record.UsageIssue,
        CostUsd = record.CostUsd,
        AvoidedUsd = record.AvoidedUsd,
        PriceId = record.PriceId,
        Batch = record.Batch,
        ServiceTier = record.ServiceTier,
        Region = record.Region,
        Duration = record.DurationMilliseconds,
        Test = record.Test,
        Site = record.Site,
        Member = record.Member,
        Module = record.Module,
        Experiment = record.Experiment,
        Variant = record.Variant,
        Quality = record.Quality,
        Corrects = record.Correction?.Corrects,
        CorrectedAt = record.Correction?.CorrectedAt ?? default,
        Reason = record.Correction?.Reason,
        WasUnknown = record.Correction?.WasUnknown == true,
    };

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
        Operation = OperationOrChat,
        Outcome = Kind,
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
