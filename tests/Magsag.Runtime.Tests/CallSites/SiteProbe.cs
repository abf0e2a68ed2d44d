using System.Runtime.CompilerServices;

namespace Magsag.Runtime.Tests;

/// <summary>Stands for a client in sources that are compiled for a test: it captures who calls it, and is passed over itself.</summary>
[CostHelper]
internal sealed class SiteProbe
{
    private readonly CallSiteCapture _capture = new(new RecordingHost());

    public List<CallSite?> Sites { get; } = [];

    public IEnumerable<string?> Members => Sites.Select(static site => site?.Member);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Here() => Sites.Add(_capture.Capture(out _));
}
