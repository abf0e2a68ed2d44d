using Magsag.Pricing.Listings;

namespace Magsag.Ledger.Records;

/// <summary>One line of the ledger: one call, its usage, its cost, and whom to attribute it to. What is unknown is null, never 0.</summary>
/// <remarks>Prompts, answers, keys and headers have no place here.</remarks>
public sealed record LedgerRecord
{
    internal RecordFields Fields;

    /// <summary>Makes a record of which nothing is known yet.</summary>
    public LedgerRecord() => Fields.Operation = Fields.OperationOrChat;

    internal LedgerRecord(in RecordFields fields)
    {
        Fields = fields;
        Fields.Operation = fields.OperationOrChat;
    }

    /// <summary>Unique id of the record (UUID version 7).</summary>
    public Guid Id
    {
        get => Fields.Id;
        init => Fields.Id = value;
    }

    /// <summary>When the call was made, in UTC.</summary>
    public DateTimeOffset Timestamp
    {
        get => Fields.Timestamp;
        init => Fields.Timestamp = value;
    }

    /// <summary>The run (one execution of an agent or of a test session) that the call belongs to.</summary>
    public string? RunId
    {
        get => Fields.RunId;
        init => Fields.RunId = value;
    }

    /// <summary>The run that started this one, when an agent delegated to another.</summary>
    public string? ParentRunId
    {
        get => Fields.ParentRunId;
        init => Fields.ParentRunId = value;
    }

    /// <summary>Shared by all attempts (retries, fallbacks) of one logical call; null when there was only one.</summary>
    public string? CallId
    {
        get => Fields.CallId;
        init => Fields.CallId = value;
    }

    /// <summary>The agent that made the call.</summary>
    public string? Agent
    {
        get => Fields.Agent;
        init => Fields.Agent = value;
    }

    /// <summary>The customer (tenant) that the call was made for.</summary>
    public string? Customer
    {
        get => Fields.Customer;
        init => Fields.Customer = value;
    }

    /// <summary>The customer's billing tier.</summary>
    public string? BillingTier
    {
        get => Fields.BillingTier;
        init => Fields.BillingTier = value;
    }

    /// <summary>Free tags.</summary>
    public IReadOnlyDictionary<string, string>? Tags
    {
        get => Fields.Tags;
        init => Fields.Tags = value;
    }

    /// <summary>The provider's name, in the spelling of OpenTelemetry's <c>gen_ai.provider.name</c>.</summary>
    public string? Provider
    {
        get => Fields.Provider;
        init => Fields.Provider = value;
    }

    /// <summary>The model as billed: the one that the response names.</summary>
    public string? Model
    {
        get => Fields.Model;
        init => Fields.Model = value;
    }

    /// <summary>The model that the request asked for.</summary>
    public string? RequestedModel
    {
        get => Fields.RequestedModel;
        init => Fields.RequestedModel = value;
    }

    /// <summary>What was called: <c>chat</c>, <c>embeddings</c> …</summary>
    public string Operation
    {
        get => Fields.OperationOrChat;
        init => Fields.Operation = value;
    }

    /// <summary>How the call ended.</summary>
    public CallOutcome Outcome
    {
        get => Fields.Outcome;
        init => Fields.Outcome = value;
    }

    internal RecordCounts Counts
    {
        init => Fields.Counts = value;
    }

    /// <summary>All input tokens, cached ones included.</summary>
    public long? InputTokens
    {
        get => Fields.Counts[RateUnit.Input];
        init => Fields.Counts[RateUnit.Input] = value;
    }

    /// <summary>Input tokens read from the provider's cache.</summary>
    public long? CachedInputTokens
    {
        get => Fields.Counts[RateUnit.CachedInput];
        init => Fields.Counts[RateUnit.CachedInput] = value;
    }

    /// <summary>Input tokens written to the provider's cache.</summary>
    public long? CacheWriteTokens
    {
        get => Fields.Counts[RateUnit.CacheWrite];
        init => Fields.Counts[RateUnit.CacheWrite] = value;
    }

    /// <summary>Cache writes with a life of one hour; a subset of <see cref="CacheWriteTokens"/>.</summary>
    public long? CacheWriteOneHourTokens
    {
        get => Fields.Counts[RateUnit.CacheWriteOneHour];
        init => Fields.Counts[RateUnit.CacheWriteOneHour] = value;
    }

    /// <summary>All output tokens, reasoning included.</summary>
    public long? OutputTokens
    {
        get => Fields.Counts[RateUnit.Output];
        init => Fields.Counts[RateUnit.Output] = value;
    }

    /// <summary>Reasoning tokens.</summary>
    public long? ReasoningTokens
    {
        get => Fields.Counts[RateUnit.Reasoning];
        init => Fields.Counts[RateUnit.Reasoning] = value;
    }

    /// <summary>What else was billed: audio, images, video, citations, web searches; null when nothing of that was.</summary>
    public UsageExtras? Extras
    {
        get => Fields.Extras;
        init => Fields.Extras = value;
    }

    /// <summary>Where the token counts come from.</summary>
    public UsageSource UsageSource
    {
        get => Fields.UsageSource;
        init => Fields.UsageSource = value;
    }

    /// <summary>Why the reported counts can't all be right (<c>output_without_tokens</c>, <c>total_mismatch</c> …); null when nothing contradicts them.</summary>
    public string? UsageIssue
    {
        get => Fields.UsageIssue;
        init => Fields.UsageIssue = value;
    }

    /// <summary>The cost in US dollars, exact; null when the model has no known price or the usage is unknown. Of a correction: what it adds, which may be negative.</summary>
    public decimal? CostUsd
    {
        get => Fields.CostUsd;
        init => Fields.CostUsd = value;
    }

    /// <summary>Whether <see cref="CostUsd"/> is the least that the call cost: a part of what was billed isn't known. Of a correction: whether that held before it.</summary>
    public bool IsLowerBound
    {
        get => Fields.IsLowerBound;
        init => Fields.IsLowerBound = value;
    }

    /// <summary>What the call would have cost, when a cache answered it; null when that is unknown and for every other outcome.</summary>
    public decimal? AvoidedUsd
    {
        get => Fields.AvoidedUsd;
        init => Fields.AvoidedUsd = value;
    }

    /// <summary>Which catalogue entry priced the call: provider, model and the date from which that price holds.</summary>
    public string? PriceId
    {
        get => Fields.PriceId;
        init => Fields.PriceId = value;
    }

    /// <summary>True when the call went through the provider's batch interface.</summary>
    public bool Batch
    {
        get => Fields.Batch;
        init => Fields.Batch = value;
    }

    /// <summary>True when a cassette answered the call: the record says what it costs, though nothing was spent.</summary>
    public bool Replayed
    {
        get => Fields.Replayed;
        init => Fields.Replayed = value;
    }

    /// <summary>The service tier that the response names.</summary>
    public string? ServiceTier
    {
        get => Fields.ServiceTier;
        init => Fields.ServiceTier = value;
    }

    /// <summary>The region that the price depends on; null for the global price.</summary>
    public string? Region
    {
        get => Fields.Region;
        init => Fields.Region = value;
    }

    /// <summary>How long the call took.</summary>
    public double? DurationMilliseconds
    {
        get => Fields.DurationMilliseconds;
        init => Fields.DurationMilliseconds = value;
    }

    /// <summary>The test that was running.</summary>
    public string? Test
    {
        get => Fields.Test;
        init => Fields.Test = value;
    }

    /// <summary>The call site: path below the source root, a colon, the line (<c>src/Triage.cs:42</c>).</summary>
    public string? Site
    {
        get => Fields.Site;
        init => Fields.Site = value;
    }

    /// <summary>The method that holds the call site (<c>SupportDesk.Triage.ClassifyAsync</c>): it stays the same when lines move.</summary>
    public string? Member
    {
        get => Fields.Member;
        init => Fields.Member = value;
    }

    /// <summary>Module version id of the assembly that holds the call site.</summary>
    public Guid? Module
    {
        get => Fields.Module;
        init => Fields.Module = value;
    }

    /// <summary>The experiment that chose how the call was made.</summary>
    public string? Experiment
    {
        get => Fields.Experiment;
        init => Fields.Experiment = value;
    }

    /// <summary>The experiment's variant.</summary>
    public string? Variant
    {
        get => Fields.Variant;
        init => Fields.Variant = value;
    }

    /// <summary>The quality that was measured for the answer, 0 to 1.</summary>
    public double? Quality
    {
        get => Fields.Quality;
        init => Fields.Quality = value;
    }

    /// <summary>What the record corrects; null for calls. The counts of a correction are those of the call, which sums have already.</summary>
    public LedgerCorrection? Correction
    {
        get => Fields.Correction;
        init => Fields.Correction = value;
    }
}
