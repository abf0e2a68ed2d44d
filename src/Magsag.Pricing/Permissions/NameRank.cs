using Magsag.Pricing.Ids;

namespace Magsag.Pricing.Permissions;

/// <summary>How specific a name in a policy is for what it names: the written name, then patterns by how many letters they fix, then <c>default</c>.</summary>
internal static class NameRank
{
    /// <summary>The name that stands for each that nothing else names.</summary>
    public const string DefaultName = "default";

    public const int None = -1;
    private const int Default = 0;
    private const int Written = int.MaxValue;

    /// <summary>The rank of a pattern for a name; <see cref="None"/> when it isn't about it.</summary>
    public static int Of(string pattern, string name, bool isModel)
    {
        if (string.Equals(pattern, name, isModel ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
        {
            return Written;
        }

        if (pattern == DefaultName)
        {
            return Default;
        }

        bool names = isModel ? ModelPattern.NamesModel(pattern, name) : ModelPattern.Matches(pattern, name, StringComparison.Ordinal);
        return names ? RankOf(pattern) : None;
    }

    /// <summary>How specific a pattern is by itself.</summary>
    public static int RankOf(string pattern) =>
        pattern == DefaultName ? Default : IsWildcard(pattern) ? 1 + pattern.Count(static letter => letter != '*') : Written - 1;

    public static bool IsWildcard(string pattern) => pattern.IndexOf('*') >= 0;

    /// <summary>The most specific of some statements about a name; of equals the first. Null when none is about it.</summary>
    public static T? Best<T>(IEnumerable<T> statements, Func<T, string> patternOf, string name, bool isModel)
        where T : class
    {
        T? best = null;
        int bestRank = None;
        foreach (T statement in statements)
        {
            int rank = Of(patternOf(statement), name, isModel);
            if (rank > bestRank)
            {
                (best, bestRank) = (statement, rank);
            }
        }

        return best;
    }
}
