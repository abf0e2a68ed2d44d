using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime;

/// <summary>Records what caches spare.</summary>
public static class CostTrackingCacheExtensions
{
    /// <summary>Records each chat answer that comes from the cache: outcome <c>cache_hit</c>, cost 0, and what it avoided. Give it to <c>UseDistributedCache</c>, outside or inside of cost tracking.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="configure">Changes where and how is recorded; the defaults suit tests and applications.</param>
    /// <param name="loggers">Receives what goes wrong while recording.</param>
    /// <returns>The cache, for <c>UseDistributedCache</c>.</returns>
    public static IDistributedCache WithCostTracking(this IDistributedCache cache, Action<CostTrackingOptions>? configure = null, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(cache);
        return new CostTrackingCache(cache, CostRecorder.Create(configure, loggers));
    }
}
