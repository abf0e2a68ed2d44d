using Magsag.Pricing.Catalogue;

namespace Magsag.Runtime;

/// <summary>How calls are recorded.</summary>
public sealed class CostTrackingOptions
{
    /// <summary>The ledger to record in; the process's own for <see cref="RunsDirectory"/> when null.</summary>
    public CostLedger? Ledger { get; set; }

    /// <summary>The runs directory; when null the one that the build chose for a test host, else that of the variable <c>MAGSAG_RUNS_DIRECTORY</c>, else <c>.runs</c> below the current directory.</summary>
    public string? RunsDirectory { get; set; }

    /// <summary>The prices of calls; when null the embedded catalogue, with the own prices over it of the <c>magsag.prices.yaml</c> that the build found for a test host, else of the file that the variable <c>MAGSAG_PRICES_FILE</c> names.</summary>
    public PriceCatalog? Prices { get; set; }

    /// <summary>Whether to find out which source line makes each call; when null that is done in test hosts only, since it costs some microseconds a call.</summary>
    public bool? CaptureCallSites { get; set; }

    /// <summary>Whether <see cref="CostTrackingHandler"/> asks for the usage of streamed chat completions (<c>stream_options.include_usage</c>) where the app doesn't and the provider accepts it; off by default, because the app then sees one more chunk, without choices.</summary>
    public bool RequestStreamUsage { get; set; }

    /// <summary>Adds up what is spent and reports when a threshold is crossed; none when null. One monitor may stand in many options.</summary>
    public CostMonitor? Monitor { get; set; }
}
