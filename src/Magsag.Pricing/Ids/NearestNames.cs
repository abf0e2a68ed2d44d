namespace Magsag.Pricing.Ids;

/// <summary>Finds the names that are most like one that isn't known.</summary>
internal static class NearestNames
{
    /// <summary>Up to <paramref name="count"/> of <paramref name="known"/>: a misspelt one, those that stand in the name as a whole, the longest first, then the most similar; a name that has little in common isn't offered. Of names that stand in it alike, the one that is known first comes first.</summary>
    /// <remarks>A name that is more than twice as long as a known one has little in common with it, so the work is bounded by the known names, however long the other one is.</remarks>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> known, int count)
    {
        string wanted = name.ToLowerInvariant();
        return
        [
            .. known.Distinct(StringComparer.Ordinal)
                .Select(candidate => (candidate, contained: Holds(wanted, candidate) ? candidate.Length - (candidate.LastIndexOf('/') + 1) : 0))
                .Where(pair => pair.contained > 0 || MayBeNear(wanted.Length, pair.candidate.Length))
                .Select(pair => (pair.candidate, pair.contained, distance: Distance(wanted, pair.candidate)))
                .Where(pair => pair.contained > 0 || pair.distance <= Math.Max(wanted.Length, pair.candidate.Length) / 2)
                .OrderByDescending(pair => IsTypo(wanted, pair.candidate, pair.distance))
                .ThenByDescending(pair => pair.contained)
                .ThenBy(pair => pair.contained > 0 ? 0 : pair.distance)
                .ThenBy(pair => pair.contained > 0 ? "" : pair.candidate, StringComparer.Ordinal)
                .Take(count)
                .Select(pair => pair.candidate),
        ];
    }

    // Another version is no typo.
    private static bool IsTypo(string name, string candidate, int distance) =>
        distance <= 2 && name.Where(char.IsDigit).SequenceEqual(candidate.Where(char.IsDigit));

    // As a part between signs: "gpt-4o" stands in "my-gpt-4o-deployment", "o1" doesn't in "foo1".
    private static bool Holds(string name, string part)
    {
        int at = part.Length < 2 ? -1 : name.IndexOf(part, StringComparison.Ordinal);
        return at >= 0 && (at == 0 || !char.IsLetterOrDigit(name[at - 1])) && (at + part.Length == name.Length || !char.IsLetterOrDigit(name[at + part.Length]));
    }

    // The distance is at least the difference in length.
    private static bool MayBeNear(int wanted, int candidate) => Math.Abs(wanted - candidate) <= Math.Max(wanted, candidate) / 2;

    /// <summary>Levenshtein's distance: how many letters have to be inserted, deleted or replaced.</summary>
    private static int Distance(string one, string other)
    {
        int[] previous = [.. Enumerable.Range(0, other.Length + 1)];
        int[] current = new int[other.Length + 1];
        for (int i = 1; i <= one.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int replaced = previous[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[other.Length];
    }
}
