using System.Diagnostics;

namespace Magsag.Runtime;

/// <summary>What is known of a span while it runs: who began it, and whether somebody better informed records the call.</summary>
internal sealed class SpanWatch(object owner, CallSite? site, CostScope? scope)
{
    private const string Property = "magsag.watch";

    private static int _listeners;

    public CallSite? Site => site;

    public CostScope? Scope => scope;

    public bool IsCovered { get; set; }

    public static void AddListener() => Interlocked.Increment(ref _listeners);

    public static void RemoveListener() => Interlocked.Decrement(ref _listeners);

    /// <summary>Attaches a watch to a span, unless another listener has.</summary>
    public static void Attach(Activity span, SpanWatch watch)
    {
        if (span.GetCustomProperty(Property) is null)
        {
            span.SetCustomProperty(Property, watch);
        }
    }

    /// <summary>The listener's own watch of a span.</summary>
    public static SpanWatch? Of(Activity span, object listener) => span.GetCustomProperty(Property) is SpanWatch watch && watch.IsOwnedBy(listener) ? watch : null;

    /// <summary>Says that the call which the current code is part of is recorded by somebody else than the spans around it.</summary>
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
            if (span.GetCustomProperty(Property) is SpanWatch watch)
            {
                watch.IsCovered = true;
            }
        }
    }

    private bool IsOwnedBy(object listener) => ReferenceEquals(owner, listener);
}
