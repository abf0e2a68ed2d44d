namespace Magsag.Pricing.Ids;

/// <summary>Finds the names that are most like one that isn't known.</summary>
internal static class NearestNames
{
    // Ids have fewer parts; joining all neighbours of very many would take long.
    private const int MostParts = 24;

    private const int ShortestJoined = 4;

    /// <summary>Up to <paramref name="count"/> of <paramref name="known"/>: a misspelt one, those that stand in the name as a whole, the longest first, those that the name stands in, then the most similar; a name that has little in common isn't offered. Of names that stand in it alike, the one that is known first comes first.</summary>
    /// <remarks>A name that is more than twice as long as a known one has little in common with it, so the work is bounded by the known names, however long the other one is.</remarks>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> known, int count)
    {
        string wanted = name.ToLowerInvariant();
        string wantedLetters = Letters(wanted);
        HashSet<string> parts = JoinedParts(wanted);
        return
        [
            .. known.Distinct(StringComparer.Ordinal)
                .Select(candidate => (candidate, contained: ContainedLetters(wanted, parts, candidate), contains: Contains(candidate, wantedLetters)))
                .Where(pair => pair.contained > 0 || pair.contains || MayBeNear(wanted.Length, pair.candidate.Length))
                .Select(pair => (pair.candidate, pair.contained, pair.contains, distance: Distance(wanted, pair.candidate)))
                .Where(pair => pair.contained > 0 || pair.contains || pair.distance <= Math.Max(wanted.Length, pair.candidate.Length) / 2)
                .OrderByDescending(pair => IsTypo(wanted, pair.candidate, pair.distance))
                .ThenByDescending(pair => pair.contained)
                .ThenByDescending(pair => pair.contains)
                .ThenBy(pair => pair.contained > 0 ? 0 : pair.distance)
                .ThenBy(pair => pair.contained > 0 ? "" : pair.candidate, StringComparer.Ordinal)
                .Take(count)
                .Select(pair => pair.candidate),
        ];
    }

    // Another version is no typo.
    private static bool IsTypo(string name, string candidate, int distance) =>
        distance <= 2 && name.Where(char.IsDigit).SequenceEqual(candidate.Where(char.IsDigit));

    // How much of a name stands in the wanted one, whatever the signs between its parts: "gpt-4o" in "my-gpt4o-deployment", "llama-3.3-70b" in "llama3.3:70b-q4".
    private static int ContainedLetters(string wanted, HashSet<string> parts, string candidate)
    {
        string last = LettersOfModel(candidate);
        return Holds(wanted, candidate) || (last.Length >= ShortestJoined && parts.Contains(last)) ? last.Length : 0;
    }

    // "nova-pro" in "amazon.nova-pro-v1:0".
    private static bool Contains(string candidate, string wantedLetters) =>
        wantedLetters.Length >= ShortestJoined && candidate.Length > wantedLetters.Length && Letters(candidate).IndexOf(wantedLetters, StringComparison.Ordinal) >= 0 && JoinedParts(candidate).Contains(wantedLetters);

    /// <summary>The letters and digits of a name without the path before it.</summary>
    public static string LettersOfModel(string name) => Letters(name.Substring(name.LastIndexOf('/') + 1));

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit));

    // What neighbouring parts of a name spell together.
    private static HashSet<string> JoinedParts(string name)
    {
        string[] parts = [.. name.Split([.. name.Where(static letter => !char.IsLetterOrDigit(letter)).Distinct()]).Where(static part => part.Length > 0).Take(MostParts)];
        var joined = new HashSet<string>(StringComparer.Ordinal);
        for (int first = 0; first < parts.Length; first++)
        {
            string text = "";
            foreach (string part in parts.Skip(first))
            {
                joined.Add(text += part);
            }
        }

        return joined;
    }

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
