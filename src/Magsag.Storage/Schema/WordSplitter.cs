using System.Globalization;
using System.Text;
using Magsag.Ledger.Records;

namespace Magsag.Storage.Schema;

/// <summary>Cuts text into the words that are searched for: runs of letters and digits in lower case.</summary>
/// <remarks>Both databases are given words that are cut here, so that a search finds the same in both.</remarks>
internal static class WordSplitter
{
    // PostgreSQL refuses words beyond 2046 bytes; nobody types one.
    private const int LongestWord = 100;

    // Positions end at 16383 in PostgreSQL.
    private const int MostWords = 10_000;

    public static List<string> Split(string? text)
    {
        List<string> words = [];
        var word = new StringBuilder();
        foreach (Rune rune in (text ?? "").EnumerateRunes())
        {
            if (IsPartOfWord(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune).ToString());
            }
            else
            {
                Finish(word, words);
            }
        }

        Finish(word, words);
        return words;
    }

    /// <summary>The words of tags, names and values.</summary>
    public static List<string> SplitTags(string? tags) =>
        TagText.Parse(tags) is { } parsed ? Split(string.Join(' ', parsed.Select(static tag => $"{tag.Key} {tag.Value}"))) : [];

    private static bool IsPartOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private static void Finish(StringBuilder word, List<string> words)
    {
        if (word.Length > 0 && words.Count < MostWords)
        {
            words.Add(word.ToString(0, Math.Min(word.Length, LongestWord)));
        }

        word.Clear();
    }
}
