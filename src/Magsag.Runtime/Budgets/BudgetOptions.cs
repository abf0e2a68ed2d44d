using Magsag.Pricing.Catalogue;

namespace Magsag.Runtime;

/// <summary>How budgets are kept and what happens when one has no room.</summary>
public sealed class BudgetOptions
{
    /// <summary>Where budgets are kept; this process's memory when null.</summary>
    public BudgetStore? Store { get; set; }

    /// <summary>Says whether a model that needs an approval may be used, once for each run and model (<see cref="Magsag.Runtime.Approval"/>, or a method of the app's own). When null, such models are refused.</summary>
    public Func<ApprovalRequest, CancellationToken, ValueTask<bool>>? Approval { get; set; }

    /// <summary>The prices; those that calls are recorded with when null.</summary>
    public PriceCatalog? Prices { get; set; }

    /// <summary>The clock that windows and leases go by; the system's by default.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>How long a call may stay reserved: above 0, 10 minutes by default. A call that takes longer counts as its worst case until it ends, and a process that died blocks nothing for longer.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The cap, in tokens (1 or more), that is sent with calls that have none. When null, the most that the model can produce is reserved instead, and a call to a model of unknown maximum is refused.</summary>
    public int? DefaultMaxOutputTokens { get; set; }

    /// <summary>The service tier that the provider's project bills calls at (<c>priority</c> …); null for the standard one. Calls whose options may choose a tier themselves are reserved at the most expensive one.</summary>
    public string? ServiceTier { get; set; }

    /// <summary>The region whose prices the provider bills (<c>us</c>, <c>eu</c> …), where they differ; null for the global ones.</summary>
    public string? Region { get; set; }

    /// <summary>The most runs, 0 or more, of all tools that run at the provider (web search, file search, code interpreter …) in one call. When null, calls with such tools are refused, since nothing else bounds them.</summary>
    public int? MaxHostedToolRuns { get; set; }

    /// <summary>The most that one run of such a tool costs, in US dollars, 0 or more, where the catalogue has no price for it.</summary>
    public decimal? HostedToolFeeUsd { get; set; }

    /// <summary>The most output tokens, 1 or more, that one picture, one piece of speech or one transcription is billed as, where the catalogue doesn't say. When null, such calls are refused.</summary>
    public int? MaxMediaTokens { get; set; }

    /// <summary>The longest recording that is transcribed by models whose provider bills its length. When null, such calls are refused.</summary>
    public TimeSpan? LongestRecording { get; set; }

    /// <summary>True to let calls to models without a known price pass limits in dollars uncounted; they are refused otherwise. Limits on calls and tokens hold for them all the same.</summary>
    public bool AllowUnpricedModels { get; set; }

    /// <summary>What to try, in this order, when a limit has no room for a call; the call is refused when nothing helps.</summary>
    public IList<BudgetFallback> Fallbacks { get; } = [];

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    internal BudgetOptions Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(DefaultMaxOutputTokens ?? 1, 1, nameof(DefaultMaxOutputTokens));
        ArgumentOutOfRangeException.ThrowIfNegative(MaxHostedToolRuns ?? 0, nameof(MaxHostedToolRuns));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMediaTokens ?? 1, 1, nameof(MaxMediaTokens));
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestRecording ?? TimeSpan.Zero, TimeSpan.Zero, nameof(LongestRecording));
        ArgumentOutOfRangeException.ThrowIfNegative(HostedToolFeeUsd ?? 0m, nameof(HostedToolFeeUsd));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Lease, TimeSpan.Zero, nameof(Lease));
        ArgumentNullException.ThrowIfNull(Time, nameof(Time));
        return this;
    }
}
