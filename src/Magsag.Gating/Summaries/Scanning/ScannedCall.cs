namespace Magsag.Gating;

/// <summary>What a summary takes from one ledger line: texts as symbols, counts that are absent as -1.</summary>
internal struct ScannedCall
{
    public long UtcTicks;
    public int RunId;
    public int Agent;
    public int Customer;
    public int BillingTier;
    public int Tags;
    public int Provider;
    public int Model;
    public int RequestedModel;
    public int Operation;
    public int ServiceTier;
    public int Region;
    public int Test;
    public int Site;
    public int Member;
    public CallOutcome Outcome;
    public UsageSource UsageSource;
    public bool Batch;
    public long InputTokens;
    public long CachedInputTokens;
    public long CacheWriteTokens;
    public long CacheWriteOneHourTokens;
    public long OutputTokens;
    public long ReasoningTokens;
    public UsageExtras? Extras;
    public decimal? CostUsd;
    public decimal AvoidedUsd;
    public bool WasUnknown;

    public static ScannedCall Empty { get; } = new()
    {
        InputTokens = -1,
        CachedInputTokens = -1,
        CacheWriteTokens = -1,
        CacheWriteOneHourTokens = -1,
        OutputTokens = -1,
        ReasoningTokens = -1,
    };

    public readonly CallFigures Figures => new(
        Outcome,
        UsageSource,
        Math.Max(0, InputTokens),
        Math.Max(0, CachedInputTokens),
        Math.Max(0, CacheWriteTokens),
        Math.Max(0, CacheWriteOneHourTokens),
        Math.Max(0, OutputTokens),
        Math.Max(0, ReasoningTokens),
        Extras,
        CostUsd,
        WasUnknown);

    /// <summary>The same of a record that was parsed.</summary>
    public static ScannedCall Of(LedgerRecord record, SymbolTable symbols) => new()
    {
        UtcTicks = record.Timestamp.UtcTicks,
        RunId = symbols.Of(record.RunId),
        Agent = symbols.Of(record.Agent),
        Customer = symbols.Of(record.Customer),
        BillingTier = symbols.Of(record.BillingTier),
        Tags = symbols.Of(TagText.Of(record.Tags)),
        Provider = symbols.Of(record.Provider),
        Model = symbols.Of(record.Model),
        RequestedModel = symbols.Of(record.RequestedModel),
        Operation = symbols.Of(record.Operation),
        ServiceTier = symbols.Of(record.ServiceTier),
        Region = symbols.Of(record.Region),
        Test = symbols.Of(record.Test),
        Site = symbols.Of(record.Site),
        Member = symbols.Of(record.Member),
        Outcome = record.Outcome,
        UsageSource = record.UsageSource,
        Batch = record.Batch,
        InputTokens = record.InputTokens ?? -1,
        CachedInputTokens = record.CachedInputTokens ?? -1,
        CacheWriteTokens = record.CacheWriteTokens ?? -1,
        CacheWriteOneHourTokens = record.CacheWriteOneHourTokens ?? -1,
        OutputTokens = record.OutputTokens ?? -1,
        ReasoningTokens = record.ReasoningTokens ?? -1,
        Extras = record.Extras,
        CostUsd = record.CostUsd,
        AvoidedUsd = record.AvoidedUsd ?? 0m,
        WasUnknown = record.Correction?.WasUnknown == true,
    };
}
