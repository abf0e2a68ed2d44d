namespace SupportDesk.Provider.Replies;

/// <summary>Cuts text into comparable words.</summary>
internal static class Words
{
    private const int StemLength = 5;

    private static readonly HashSet<string> Common = new(StringComparer.Ordinal)
    {
        "about", "after", "again", "all", "and", "any", "are", "but", "can", "could", "did", "does", "for", "from", "get", "had", "has",
        "have", "how", "into", "its", "just", "may", "not", "now", "one", "our", "out", "please", "should", "since", "some", "that", "the",
        "their", "them", "then", "there", "they", "this", "was", "were", "what", "when", "which", "who", "will", "with", "would", "you", "your",
    };

    /// <summary>The words that carry meaning, in lower case and cut to five letters: "charged" and "charges" become one.</summary>
    public static IEnumerable<string> StemsOf(string text) =>
        Split(text)
            .Select(word => word.ToLowerInvariant())
            .Where(word => word.Length > 2 && !Common.Contains(word))
            .Select(word => word.Length > StemLength ? word[..StemLength] : word);

    private static IEnumerable<string> Split(string text)
    {
        var start = 0;
        for (var index = 0; index <= text.Length; index++)
        {
            if (index < text.Length && char.IsLetterOrDigit(text[index]))
            {
                continue;
            }

            if (index > start)
            {
                yield return text[start..index];
            }

            start = index + 1;
        }
    }
}
