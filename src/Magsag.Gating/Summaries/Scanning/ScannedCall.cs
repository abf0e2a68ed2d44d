namespace Magsag.Gating;

/// <summary>What a summary takes from one ledger line: texts as symbols, counts that are absent as -1.</summary>
internal struct ScannedCall
{
    public CallSymbols Symbols;
    public long UtcTicks;
    public CallOutcome Outcome;
    public UsageSource UsageSource;
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
    public static ScannedCall Of(LedgerRecord record, SymbolTable symbols)
    {
        ScannedCall call = new()
        {
            UtcTicks = record.Timestamp.UtcTicks,
            Outcome = record.Outcome,
            UsageSource = record.UsageSource,
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
        call.Set(LedgerMember.RunId, symbols.Of(record.RunId));
        call.Set(LedgerMember.Agent, symbols.Of(record.Agent));
        call.Set(LedgerMember.Customer, symbols.Of(record.Customer));
        call.Set(LedgerMember.BillingTier, symbols.Of(record.BillingTier));
        call.Set(LedgerMember.Tags, symbols.Of(TagText.Of(record.Tags)));
        call.Set(LedgerMember.Provider, symbols.Of(record.Provider));
        call.Set(LedgerMember.Model, symbols.Of(record.Model));
        call.Set(LedgerMember.RequestedModel, symbols.Of(record.RequestedModel));
        call.Set(LedgerMember.Operation, symbols.Of(record.Operation));
        call.Set(LedgerMember.ServiceTier, symbols.Of(record.ServiceTier));
        call.Set(LedgerMember.Region, symbols.Of(record.Region));
        call.Set(LedgerMember.Test, symbols.Of(record.Test));
        call.Set(LedgerMember.Site, symbols.Of(record.Site));
        call.Set(LedgerMember.MemberName, symbols.Of(record.Member));
        call.Set(LedgerMember.Batch, record.Batch ? 1 : 0);
        return call;
    }

    /// <summary>Takes the value of a member that mostly repeats itself: a symbol or the number of a word.</summary>
    public void Set(LedgerMember member, int value)
    {
        if (member <= LedgerMember.Batch)
        {
            Symbols[(int)member] = value;
        }
        else if (member == LedgerMember.Outcome)
        {
            Outcome = (CallOutcome)value;
        }
        else if (member == LedgerMember.UsageSource)
        {
            UsageSource = (UsageSource)value;
        }
    }
}
