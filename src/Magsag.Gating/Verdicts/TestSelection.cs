namespace Magsag.Gating.Verdicts;

/// <summary>Which tests a run had, as far as that is known: a test that makes no call leaves no trace in a recording.</summary>
internal sealed class TestSelection
{
    private readonly HashSet<string>? _ran;
    private readonly TestFilter? _filter;

    private TestSelection(IEnumerable<string>? ran, TestFilter? filter)
    {
        _ran = ran is null ? null : new HashSet<string>(ran.Select(Normal), StringComparer.OrdinalIgnoreCase);
        _filter = filter;
    }

    /// <summary>What is known of a run.</summary>
    /// <param name="settings">Which tests ran, or the filter that chose them.</param>
    /// <param name="recorded">The tests that recorded calls: where one of them isn't among those that ran, tests are named otherwise in the recording, and nothing is known.</param>
    public static TestSelection For(GateSettings settings, IEnumerable<string> recorded)
    {
        var selection = new TestSelection(settings.TestsThatRan, settings.TestFilter is { } filter ? TestFilter.Parse(filter) : null);
        return recorded.All(test => selection.Includes(test) != false) ? selection : new TestSelection(null, null);
    }

    /// <summary>Whether a test was among those that ran; null when that is unknown.</summary>
    public bool? Includes(string test) => _ran is not null ? _ran.Contains(Normal(test)) : _filter?.Includes(Normal(test));

    // Nested classes are written with a dot by some frameworks and with a plus by others.
    private static string Normal(string test) => test.Replace('+', '.');
}
