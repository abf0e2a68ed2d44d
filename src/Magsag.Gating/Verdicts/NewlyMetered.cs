namespace Magsag.Gating.Verdicts;

/// <summary>Calls whose usage is known now and which the baseline has without: that they are metered at last must not look like a rise from nothing.</summary>
internal sealed class NewlyMetered
{
    private readonly HashSet<(string? Test, string? Agent, string? File, string? Member)> _places;

    private NewlyMetered(HashSet<(string?, string?, string?, string?)> places) => _places = places;

    /// <summary>How many calls the baseline has without their usage.</summary>
    public long Calls { get; private init; }

    /// <summary>One of the entries with such calls; null when there is none.</summary>
    public PricedEntry? First { get; private init; }

    public static NewlyMetered Between(IReadOnlyList<PricedEntry> before, IReadOnlyList<PricedEntry> now)
    {
        ILookup<(string?, string?, string?, string?), PricedEntry> current = now.ToLookup(static entry => PlaceOf(entry));
        IGrouping<(string?, string?, string?, string?), PricedEntry>[] places =
        [
            .. before.Where(static entry => entry.Totals.UnmeteredCalls > 0)
                .GroupBy(static entry => PlaceOf(entry))
                .Where(place => current[place.Key].Any() && Unmetered(current[place.Key]) < Unmetered(place)),
        ];
        return new NewlyMetered([.. places.Select(static place => place.Key)])
        {
            Calls = places.Sum(place => Unmetered(place) - Unmetered(current[place.Key])),
            First = places.Length == 0 ? null : current[places[0].Key].First(),
        };
    }

    public CostComparison Without(CostComparison comparison) => _places.Count == 0 ? comparison : comparison.Where(entry => !_places.Contains(PlaceOf(entry)));

    public IReadOnlyList<CostComparison> Without(IReadOnlyList<CostComparison> comparisons) => _places.Count == 0 ? comparisons : [.. comparisons.Select(Without)];

    private static long Unmetered(IEnumerable<PricedEntry> entries) => entries.Sum(static entry => entry.Totals.UnmeteredCalls);

    // Without its model: a call that reports no usage often doesn't report by which version it was answered either.
    private static (string?, string?, string?, string?) PlaceOf(PricedEntry entry) => (entry.Key.Test, entry.Key.Agent, entry.Key.SiteFile, entry.Key.Member);
}
