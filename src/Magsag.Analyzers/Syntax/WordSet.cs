namespace Magsag.Analyzers.Syntax;

/// <summary>Words that are looked for in a source text without making a string or a syntax node of it.</summary>
internal sealed class WordSet
{
    private const int Letters = 128;

    // By their first letter: most words of a text are told apart by that and their length alone.
    private readonly string[]?[] _words = new string[Letters][];

    /// <param name="words">The words, which begin with an ASCII letter as the names of all SDKs do.</param>
    public WordSet(IEnumerable<string> words)
    {
        foreach (IGrouping<char, string> group in words.Distinct(StringComparer.Ordinal).GroupBy(static word => word[0]))
        {
            _words[group.Key] = [.. group];
        }
    }

    /// <summary>True when one of the words stands in the text as a whole word.</summary>
    public bool OccurIn(string text)
    {
        int index = 0;
        while (index < text.Length)
        {
            int start = index;
            while (index < text.Length && IsPart(text[index]))
            {
                index++;
            }

            if (index > start && Contains(text, start, index - start))
            {
                return true;
            }

            index++;
        }

        return false;
    }

    private bool Contains(string text, int start, int length)
    {
        if (text[start] >= Letters || _words[text[start]] is not { } candidates)
        {
            return false;
        }

        foreach (string word in candidates)
        {
            if (word.Length == length && string.CompareOrdinal(word, 0, text, start, length) == 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPart(char letter) => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or >= '\u0080';
}
