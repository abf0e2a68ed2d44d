using Magsag.Gating.Verdicts;

namespace Magsag.Cli.Html;

/// <summary>What a report page shows.</summary>
internal sealed record ReportPage
{
    public required string Title { get; init; }

    /// <summary>The calls of the report's period.</summary>
    public required CostSummary Summary { get; init; }

    /// <summary>Which calls are meant, as people read it (<c>agent triage</c>); empty when all are.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];

    /// <summary>How they compare with the baseline; null when there is none.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>Prices what the calls would have cost without the provider's prompt cache.</summary>
    public PriceCatalog Prices { get; init; } = PriceCatalog.Embedded;

    /// <summary>The time zone of dates and days.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>When the page was made; null leaves it out, so that the same costs give the same bytes.</summary>
    public DateTimeOffset? Made { get; init; }

    /// <summary>True when the page is served by the dashboard and follows the store.</summary>
    public bool IsLive { get; init; }
}
