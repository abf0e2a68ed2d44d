namespace Magsag.Pricing.Ids;

/// <summary>Finds the names that are most like one that isn't known.</summary>
internal static class NearestNames
{
    /// <summary>Up to <paramref name="count"/> of <paramref name="known"/>, the most similar first; a name that has little in common isn't offered.</summary>
    /// <remarks>A name that is more than twice as long as a known one has little in common with it, so the work is bounded by the known names, however long the other one is.</remarks>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> known, int count)
    {
        List<string> candidates = [.. known.Distinct(StringComparer.Ordinal).Where(candidate => MayBeNear(name.Length, candidate.Length))];
        if (candidates.Count == 0)
        {
            return [];
        }

        string wanted = name.ToLowerInvariant();
        return
        [
            .. candidates
                .Select(candidate => (candidate, distance: Distance(wanted, candidate)))
                .Where(pair => pair.distance <= Math.Max(wanted.Length, pair.candidate.Length) / 2)
                .OrderBy(pair => pair.distance)
                .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
                .Take(count)
                .Select(pair => pair.candidate),
        ];
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
