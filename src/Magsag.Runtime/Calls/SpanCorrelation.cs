using System.Diagnostics;

namespace Magsag.Runtime.Calls;

/// <summary>What is known of a span while it runs: where it began, and whether another layer records the call.</summary>
internal sealed class SpanCorrelation(object owner, CallSite? site, CostScope? scope)
{
    private const string Property = "magsag.correlation";

    private static int _listeners;

    public CallSite? Site => site;

    public CostScope? Scope => scope;

    public bool IsCovered { get; set; }

    public static void AddListener() => Interlocked.Increment(ref _listeners);

    public static void RemoveListener() => Interlocked.Decrement(ref _listeners);

    /// <summary>Attaches a correlation to a span, unless another listener has.</summary>
    public static void Attach(Activity span, SpanCorrelation correlation)
    {
        if (span.GetCustomProperty(Property) is null)
        {
            span.SetCustomProperty(Property, correlation);
        }
    }

    /// <summary>The listener's own correlation of a span.</summary>
    public static SpanCorrelation? Find(Activity span, object listener) => span.GetCustomProperty(Property) is SpanCorrelation correlation && correlation.IsOwnedBy(listener) ? correlation : null;

    /// <summary>Marks the spans around the current code: another layer records their call.</summary>
    public static void CoverCurrent()
    {
        if (Volatile.Read(ref _listeners) > 0)
        {
            Cover(Activity.Current);
        }
    }

    /// <summary>Covers a span and those around it: agents and pipelines report sums of what is inside them.</summary>
    public static void Cover(Activity? span)
    {
        for (; span is not null; span = span.Parent)
        {
            if (span.GetCustomProperty(Property) is SpanCorrelation correlation)
            {
                correlation.IsCovered = true;
            }
        }
    }

    private bool IsOwnedBy(object listener) => ReferenceEquals(owner, listener);
}
