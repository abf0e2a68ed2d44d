using Magsag.Ledger.Figures;

namespace Magsag.Ledger.Lines;

/// <summary>What ledger lines hold that this version doesn't know, because a later one wrote them: it was passed over.</summary>
/// <param name="Lines">Lines of an unknown kind.</param>
/// <param name="LaterLines">Lines of a later format version whose known members were read.</param>
/// <param name="Members">Members of an unknown name.</param>
/// <param name="Words">Outcomes and usage sources that aren't known: such a call counts as answered, such a usage as unknown.</param>
internal readonly record struct UnknownParts(long Lines, long LaterLines, long Members, long Words)
{
    /// <summary>True when everything was understood.</summary>
    public bool IsEmpty => this == default;

    public static UnknownParts operator +(in UnknownParts left, in UnknownParts right) =>
        new(left.Lines + right.Lines, left.LaterLines + right.LaterLines, left.Members + right.Members, left.Words + right.Words);

    /// <summary>A few words for people; empty when everything was understood.</summary>
    public override string ToString()
    {
        string?[] parts = [Describe(Lines, "line"), Describe(Members, "member"), Describe(Words, "word"), Describe(LaterLines, "line", " of a later format")];
        string what = string.Join(" and ", parts.OfType<string>());
        return what.Length == 0 ? "" : $"{what} that only a later Magsag knows passed over";
    }

    private static string? Describe(long count, string noun, string of = "") => count == 0 ? null : $"{MoneyText.Count(count)} {noun}{(count == 1 ? "" : "s")}{of}";
}
