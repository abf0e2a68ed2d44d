using Magsag.Pricing.Tokens;

namespace Magsag.Runtime;

/// <summary>What a client's answer says about its billing.</summary>
internal readonly record struct CallAnswer
{
    public string? Model { get; init; }

    /// <summary>The token counts; null when nobody reported any and they couldn't be counted either.</summary>
    public Usage? Usage { get; init; }

    public bool IsCounted { get; init; }

    /// <summary>Why the counts can't all be right.</summary>
    public string? UsageIssue { get; init; }

    /// <summary>Whether the answer came from a cache inside the pipeline.</summary>
    public bool IsReplay { get; init; }

    public static CallAnswer Of(string? model, in MeasuredUsage measured) => new() { Model = model, Usage = measured.Usage, IsCounted = measured.IsCounted, UsageIssue = measured.Issue };
}
