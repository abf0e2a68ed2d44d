using System.Globalization;

namespace Magsag.Ledger.Records;

/// <summary>Names as ledgers can keep them: text that is valid, and not longer than a name can be.</summary>
internal static class NameText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Whether a name can be kept as it is.</summary>
    public static bool IsValid(string? name) => name is null || (name.Length <= RecordLimits.NameLength && !HasSurrogates(name));

    /// <summary>The same of what a provider says: no name of a model or a tier needs control characters.</summary>
    public static bool IsValidOfProvider(string? name) => name is null || (IsValid(name) && !HasControls(name));

    /// <summary>The name, or what is kept of it: lone surrogates are replaced, what is too long is cut and ends in a hash of the whole, so that two long names stay two.</summary>
    public static string? Of(string? name) => name is null || IsValid(name)
        ? name
        : Replaced(name.Length <= RecordLimits.NameLength ? name : Cut(name), IsLoneSurrogate);

    /// <summary>The same of what a provider says.</summary>
    public static string? OfProvider(string? name) => name is null || IsValidOfProvider(name)
        ? name
        : Replaced(Of(name)!, static (letters, at) => char.IsControl(letters[at]));

    private static bool HasSurrogates(string name)
    {
#if NET
        return name.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');
#else
        return name.Any(char.IsSurrogate);
#endif
    }

    private static bool HasControls(string name)
    {
#if NET
        return name.AsSpan().ContainsAnyInRange('\0', '\u001F') || name.AsSpan().ContainsAnyInRange('\u007F', '\u009F');
#else
        return name.Any(char.IsControl);
#endif
    }

    private static bool IsLoneSurrogate(string letters, int at) =>
        char.IsSurrogate(letters[at])
        && !(char.IsHighSurrogate(letters[at]) && at + 1 < letters.Length && char.IsLowSurrogate(letters[at + 1]))
        && !(char.IsLowSurrogate(letters[at]) && at > 0 && char.IsHighSurrogate(letters[at - 1]));

    private static string Replaced(string text, Func<string, int, bool> isWrong)
    {
        char[] letters = text.ToCharArray();
        for (int at = 0; at < letters.Length; at++)
        {
            if (isWrong(text, at))
            {
                letters[at] = Replacement;
            }
        }

        return new string(letters);
    }

    private static string Cut(string name)
    {
        string hash = HashOf(name).ToString("x16", CultureInfo.InvariantCulture);
        int kept = RecordLimits.NameLength - hash.Length - 1;
        return name.Substring(0, char.IsHighSurrogate(name[kept - 1]) ? kept - 1 : kept) + "~" + hash;
    }

    // FNV-1a: the same on every machine, which a cut name must be.
    private static ulong HashOf(string name)
    {
        ulong hash = 14695981039346656037;
        foreach (char letter in name)
        {
            hash = unchecked((hash ^ letter) * 1099511628211);
        }

        return hash;
    }
}
