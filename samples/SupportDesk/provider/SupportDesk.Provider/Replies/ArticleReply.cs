using System.Text.RegularExpressions;

namespace SupportDesk.Provider.Replies;

/// <summary>Answers with the sentences of the articles in the prompt that say most about the question.</summary>
internal static partial class ArticleReply
{
    private const int MaxSentences = 4;

    public static string? TryAnswer(string instructions, string question)
    {
        var asked = Words.StemsOf(question).ToHashSet(StringComparer.Ordinal);
        var chosen = ArticlePattern().Matches(instructions)
            .SelectMany(SentencesOf)
            .Select((sentence, place) => (sentence.Id, sentence.Text, Place: place, Score: Words.StemsOf(sentence.Text).Distinct().Count(asked.Contains)))
            .Where(sentence => sentence.Score > 0)
            .OrderByDescending(sentence => sentence.Score)
            .ThenBy(sentence => sentence.Place)
            .Take(MaxSentences)
            .OrderBy(sentence => sentence.Place)
            .ToList();

        if (chosen.Count == 0)
        {
            return null;
        }

        var sources = chosen.Select(sentence => $"[{sentence.Id}]").Distinct();
        return $"{string.Join(' ', chosen.Select(sentence => sentence.Text))} {string.Join(' ', sources)}";
    }

    private static IEnumerable<(string Id, string Text)> SentencesOf(Match article) =>
        SentenceEndPattern().Split(article.Groups["text"].Value)
            .Select(sentence => sentence.ReplaceLineEndings(" ").Trim())
            .Where(sentence => sentence.Length > 0)
            .Select(sentence => (article.Groups["id"].Value, sentence));

    [GeneratedRegex("<article id=\"(?<id>[^\"]+)\"[^>]*>(?<text>.*?)</article>", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex ArticlePattern();

    [GeneratedRegex(@"(?<=[.!?])\s+", RegexOptions.CultureInvariant)]
    private static partial Regex SentenceEndPattern();
}
