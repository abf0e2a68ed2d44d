using System.IO.Enumeration;

namespace Magsag.Cli.Prices;

/// <summary>One reviewed decision about what a refresh of the catalogue takes from whom.</summary>
/// <param name="Verb"><c>take</c>, <c>correct</c>, <c>skip</c> or <c>drop</c>.</param>
/// <param name="Source">The list, or <c>*</c> for all.</param>
/// <param name="Pattern"><c>provider/model</c>, in which <c>*</c> stands for anything.</param>
/// <param name="Reason">Why.</param>
internal sealed record PriceDecision(string Verb, string Source, string Pattern, string Reason)
{
    public const string Take = "take";
    public const string Correct = "correct";
    public const string Skip = "skip";
    public const string Drop = "drop";

    private static readonly string[] Verbs = [Take, Correct, Skip, Drop];

    public bool Names(string source, string provider, string model) =>
        (Source == "*" || Source == source) && FileSystemName.MatchesSimpleExpression(Pattern, $"{provider}/{model}", ignoreCase: false);

    /// <summary>Reads decisions, one a line; a line that begins with <c>#</c> is a comment.</summary>
    /// <exception cref="UnreadableInputException">A line is no decision.</exception>
    public static IReadOnlyList<PriceDecision> ReadAll(string path)
    {
        var decisions = new List<PriceDecision>();
        foreach ((int index, string line) in File.ReadLines(path).Index())
        {
            string[] words = line.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words.Length == 0 || words[0][0] == '#')
            {
                continue;
            }

            decisions.Add(words.Length == 4 && Verbs.Contains(words[0])
                ? new PriceDecision(words[0], words[1], words[2], words[3])
                : throw new UnreadableInputException(path, index + 1, $"'{line}' isn't a decision; expected '{string.Join("|", Verbs)} SOURCE PROVIDER/MODEL REASON'."));
        }

        return decisions;
    }
}
