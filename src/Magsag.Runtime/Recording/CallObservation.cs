using Magsag.Gating;
using Magsag.Pricing;

namespace Magsag.Runtime;

/// <summary>What was seen of one call.</summary>
internal readonly record struct CallObservation
{
    public required string Operation { get; init; }

    public string? Provider { get; init; }

    public string? Model { get; init; }

    public string? RequestedModel { get; init; }

    public CallOutcome Outcome { get; init; }

    /// <summary>The token counts; null when nobody reported any.</summary>
    public Usage? Usage { get; init; }

    public string? ServiceTier { get; init; }

    public DateTimeOffset Started { get; init; }

    public double DurationMilliseconds { get; init; }

    public CallSite? Site { get; init; }
}
