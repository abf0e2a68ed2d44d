using Magsag.Ledger.Records;
using Magsag.Pricing.Tokens;

namespace Magsag.Runtime.Calls;

/// <summary>What was seen of one call, or of one attempt at it.</summary>
internal readonly record struct CallObservation
{
    /// <summary>The record's id; a new one when null.</summary>
    public Guid? Id { get; init; }

    public required string Operation { get; init; }

    public string? Provider { get; init; }

    public string? Model { get; init; }

    public string? RequestedModel { get; init; }

    public CallOutcome Outcome { get; init; }

    /// <summary>The token counts; null when none were reported and they couldn't be counted either.</summary>
    public Usage? Usage { get; init; }

    /// <summary>Whether <see cref="Usage"/> was counted with a <see cref="TokenCounter"/> instead of reported by the provider.</summary>
    public bool IsCounted { get; init; }

    /// <summary>The cost where it is known otherwise than from prices: stated by the provider, or 0 for a request that it refused.</summary>
    public decimal? KnownCostUsd { get; init; }

    /// <summary>Why the reported counts can't all be right; null when nothing contradicts them.</summary>
    public string? UsageIssue { get; init; }

    /// <summary>What other models used that the provider asked for the answer: each is billed by its own price.</summary>
    public IReadOnlyList<(string Model, Usage Usage)>? OtherModels { get; init; }

    /// <summary>The answer's id, where the provider goes on working at it or it was asked for again; null for any other answer.</summary>
    public string? AnswerId { get; init; }

    /// <summary>Whether the provider goes on working at the answer: what it used will be known when it is asked for again.</summary>
    public bool IsUnfinished { get; init; }

    /// <summary>Whether an answer was asked for again, which costs nothing.</summary>
    public bool IsPoll { get; init; }

    /// <summary>Whether what was seen is known not to be billable.</summary>
    public bool IsFree { get; init; }

    /// <summary>Whether the call went through the provider's batch interface.</summary>
    public bool IsBatch { get; init; }

    /// <summary>Whether a cassette answered it.</summary>
    public bool IsReplayed { get; init; }

    public string? ServiceTier { get; init; }

    /// <summary>The region that the price depends on; null for the global price.</summary>
    public string? Region { get; init; }

    /// <summary>Shared by all attempts at one logical call; null when there was only one.</summary>
    public string? CallId { get; init; }

    public DateTimeOffset Started { get; init; }

    public double? DurationMilliseconds { get; init; }

    public CallSite? Site { get; init; }

    /// <summary>The scope that the call began in; null for the one that is current when it is recorded.</summary>
    public CostScope? Scope { get; init; }
}
