using System.ClientModel.Primitives;

namespace Magsag.Runtime;

/// <summary>Adds cost tracking to clients built on System.ClientModel.</summary>
public static class CostTrackingPipelineExtensions
{
    /// <summary>Records what every attempt of every call of the client really cost.</summary>
    /// <typeparam name="TOptions">The client's options.</typeparam>
    /// <param name="options">The client's options.</param>
    /// <param name="configure">Changes where and how is recorded; the defaults suit tests and applications.</param>
    /// <returns>The same options.</returns>
    public static TOptions AddCostTracking<TOptions>(this TOptions options, Action<CostTrackingOptions>? configure = null)
        where TOptions : ClientPipelineOptions
    {
        ArgumentNullException.ThrowIfNull(options);
        options.AddPolicy(new CostTrackingPolicy(configure), PipelinePosition.PerTry);
        return options;
    }
}
