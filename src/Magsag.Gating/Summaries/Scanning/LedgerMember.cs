namespace Magsag.Gating;

/// <summary>The members of a ledger line that <see cref="CallScanner"/> knows. Those up to <see cref="Batch"/> are places in <see cref="CallSymbols"/>; those before <see cref="Id"/> mostly have the value that they had in a line before.</summary>
internal enum LedgerMember : byte
{
    RunId,
    Agent,
    Customer,
    BillingTier,
    Tags,
    Provider,
    Model,
    RequestedModel,
    Operation,
    ServiceTier,
    Region,
    Test,
    Site,
    MemberName,
    Batch,
    Outcome,
    UsageSource,
    Version,
    Module,

    /// <summary>A text that no summary needs: plain ASCII, or the parser has to judge it.</summary>
    OtherText,

    Id,
    CallId,
    Time,
    CostUsd,
    AvoidedUsd,
    InputTokens,
    CachedInputTokens,
    CacheWriteTokens,
    CacheWriteOneHourTokens,
    OutputTokens,
    ReasoningTokens,

    /// <summary>A number of 0 or more that no summary needs.</summary>
    OtherNumber,

    /// <summary>Something that only the parser understands.</summary>
    Unscannable,

    /// <summary>A member that this version doesn't know.</summary>
    Unknown,

    /// <summary>No member: the end of the line.</summary>
    None,
}
