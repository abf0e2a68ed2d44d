namespace Magsag.Ledger.Records;

/// <summary>One line of the ledger: one call, its usage, its cost, and whom to attribute it to. What is unknown is null, never 0.</summary>
/// <remarks>Prompts, answers, keys and headers have no place here.</remarks>
public sealed record LedgerRecord
{
    /// <summary>Unique id of the record (UUID version 7).</summary>
    public Guid Id { get; init; }

    /// <summary>When the call was made, in UTC.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>The run (one execution of an agent or of a test session) that the call belongs to.</summary>
    public string? RunId { get; init; }

    /// <summary>The run that started this one, when an agent delegated to another.</summary>
    public string? ParentRunId { get; init; }

    /// <summary>Shared by all attempts (retries, fallbacks) of one logical call; null when there was only one.</summary>
    public string? CallId { get; init; }

    /// <summary>The agent that made the call.</summary>
    public string? Agent { get; init; }

    /// <summary>The customer (tenant) that the call was made for.</summary>
    public string? Customer { get; init; }

    /// <summary>The customer's billing tier.</summary>
    public string? BillingTier { get; init; }

    /// <summary>Free tags.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>The provider's name, in the spelling of OpenTelemetry's <c>gen_ai.provider.name</c>.</summary>
    public string? Provider { get; init; }

    /// <summary>The model as billed: the one that the response names.</summary>
    public string? Model { get; init; }

    /// <summary>The model that the request asked for.</summary>
    public string? RequestedModel { get; init; }

    /// <summary>What was called: <c>chat</c>, <c>embeddings</c> …</summary>
    public string Operation { get; init; } = "chat";

    /// <summary>How the call ended.</summary>
    public CallOutcome Outcome { get; init; }

    /// <summary>All input tokens, cached ones included.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Input tokens read from the provider's cache.</summary>
    public long? CachedInputTokens { get; init; }

    /// <summary>Input tokens written to the provider's cache.</summary>
    public long? CacheWriteTokens { get; init; }

    /// <summary>Cache writes with a life of one hour; a subset of <see cref="CacheWriteTokens"/>.</summary>
    public long? CacheWriteOneHourTokens { get; init; }

    /// <summary>All output tokens, reasoning included.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Reasoning tokens.</summary>
    public long? ReasoningTokens { get; init; }

    /// <summary>What else was billed: audio, images, video, citations, web searches; null when nothing of that was.</summary>
    public UsageExtras? Extras { get; init; }

    /// <summary>Where the token counts come from.</summary>
    public UsageSource UsageSource { get; init; }

    /// <summary>Why the reported counts can't all be right (<c>output_without_tokens</c>, <c>total_mismatch</c> …); null when nothing contradicts them.</summary>
    public string? UsageIssue { get; init; }

    /// <summary>The cost in US dollars, exact; null when the model has no known price or the usage is unknown. Of a correction: what it adds, which may be negative.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>What the call would have cost, when a cache answered it; null when that is unknown and for every other outcome.</summary>
    public decimal? AvoidedUsd { get; init; }

    /// <summary>Which catalogue entry priced the call: provider, model and the date from which that price holds.</summary>
    public string? PriceId { get; init; }

    /// <summary>True when the call went through the provider's batch interface.</summary>
    public bool Batch { get; init; }

    /// <summary>The service tier that the response names.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>The region that the price depends on; null for the global price.</summary>
    public string? Region { get; init; }

    /// <summary>How long the call took.</summary>
    public double? DurationMilliseconds { get; init; }

    /// <summary>The test that was running.</summary>
    public string? Test { get; init; }

    /// <summary>The call site: path below the source root, a colon, the line (<c>src/Triage.cs:42</c>).</summary>
    public string? Site { get; init; }

    /// <summary>The method that holds the call site (<c>SupportDesk.Triage.ClassifyAsync</c>): it stays the same when lines move.</summary>
    public string? Member { get; init; }

    /// <summary>Module version id of the assembly that holds the call site.</summary>
    public Guid? Module { get; init; }

    /// <summary>The experiment that chose how the call was made.</summary>
    public string? Experiment { get; init; }

    /// <summary>The experiment's variant.</summary>
    public string? Variant { get; init; }

    /// <summary>The quality that was measured for the answer, 0 to 1.</summary>
    public double? Quality { get; init; }

    /// <summary>What the record corrects; null for calls. The counts of a correction are those of the call, which sums have already.</summary>
    public LedgerCorrection? Correction { get; init; }
}
