using System.Buffers;
using System.Globalization;
using System.Text;

namespace Magsag.Storage.Search;

/// <summary>
/// Parses the text of a search: <c>refund agent:triage model:"gpt 4o" cost_usd:&gt;0.01 -outcome:ok run_id:nightly cost_usd</c>.
/// All terms have to hold. A <c>-</c> negates, quotes keep words together, a <c>*</c> at the end lets the last word go on; the name of
/// a field alone asks for records in which it is known.
/// </summary>
internal static class SearchQuery
{
    private static readonly SearchValues<char> LettersOfFields = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    private static readonly (string Sign, SearchOperator Operator)[] Comparisons =
        [(">=", SearchOperator.GreaterOrEqual), ("<=", SearchOperator.LessOrEqual), (">", SearchOperator.Greater), ("<", SearchOperator.Less)];

    // Databases nest a condition for each word, and end at a thousand.
    private const int MostWords = 100;
    private const int MostLetters = 10_000;

    /// <exception cref="ArgumentException">A term can't be understood.</exception>
    public static IReadOnlyList<SearchTerm> Parse(string? text)
    {
        if (text?.Length > MostLetters)
        {
            throw new ArgumentException($"The search has {text.Length} letters; expected {MostLetters} at most.");
        }

        List<SearchTerm> terms = [];
        int position = 0;
        while (Next(text ?? "", ref position) is { } token)
        {
            terms.Add(ParseTerm(token));
        }

        int words = terms.Sum(static term => Math.Max(1, term.Words.Count));
        return words <= MostWords ? terms : throw new ArgumentException($"The search has {words} words; expected {MostWords} at most. All of them would have to occur in one call: leave some out.");
    }

    // A token ends at a blank outside quotes; quotes aren't part of it but keep it from being a field's name.
    private static (string Text, int Quoted)? Next(string text, ref int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        if (position == text.Length)
        {
            return null;
        }

        var token = new StringBuilder();
        int quotedFrom = int.MaxValue;
        bool quoted = false;
        for (; position < text.Length && (quoted || !char.IsWhiteSpace(text[position])); position++)
        {
            if (text[position] != '"')
            {
                token.Append(text[position]);
                continue;
            }

            quoted = !quoted;
            quotedFrom = Math.Min(quotedFrom, token.Length);
        }

        return quoted
            ? throw new ArgumentException($"The quote in '{text}' isn't closed; expected another \".", nameof(text))
            : (token.ToString(), quotedFrom);
    }

    private static SearchTerm ParseTerm((string Text, int Quoted) token)
    {
        (string text, int quoted) = token;
        bool negated = quoted > 0 && text is ['-', _, ..];
        if (negated)
        {
            text = text[1..];
            quoted--;
        }

        if (quoted > text.Length && SearchField.Find(text) is { } known)
        {
            return new SearchTerm(known, SearchOperator.IsKnown, "", false, negated);
        }

        int colon = text.IndexOf(':', StringComparison.Ordinal);
        SearchField? field = colon > 0 && colon < quoted ? SearchField.Find(text[..colon]) : null;
        if (field is null && colon > 0 && colon < quoted && LooksLikeField(text, colon))
        {
            throw UnknownField(text[..colon]);
        }

        return Check(field is null ? ParseWords(null, text, quoted, negated) : ParseValue(field, text[(colon + 1)..], quoted - colon - 1, negated));
    }

    // Not so a file with its line, an address, a time of day or a name of another language's namespace.
    private static bool LooksLikeField(string text, int colon) =>
        char.IsAsciiLetter(text[0]) && !text.AsSpan(0, colon).ContainsAnyExcept(LettersOfFields) && (colon + 1 == text.Length || text[colon + 1] is not (':' or '/' or '\\'));

    private static ArgumentException UnknownField(string name) =>
        new($"There is no field '{name}'; expected one of {string.Join(", ", SearchField.Names)}. Quotes around it search for the words.");

    private static SearchTerm ParseValue(SearchField field, string value, int quoted, bool negated)
    {
        if (field.Kind is SearchFieldKind.Number or SearchFieldKind.Money)
        {
            foreach ((string sign, SearchOperator comparison) in Comparisons)
            {
                if (value.StartsWith(sign, StringComparison.Ordinal))
                {
                    return new SearchTerm(field, comparison, value[sign.Length..], false, negated);
                }
            }
        }

        return ParseWords(field, value, quoted, negated);
    }

    private static SearchTerm ParseWords(SearchField? field, string value, int quoted, bool negated)
    {
        bool prefix = value.EndsWith('*') && quoted >= value.Length;
        return new SearchTerm(field, SearchOperator.Matches, prefix ? value[..^1] : value, prefix, negated);
    }

    private static SearchTerm Check(SearchTerm term) => term.Field?.Kind switch
    {
        SearchFieldKind.Number or SearchFieldKind.Money when !decimal.TryParse(term.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) =>
            throw new ArgumentException($"'{term.Value}' isn't a number; expected one after '{term.Field.Name}:', as in '{term.Field.Name}:>0.01'."),
        SearchFieldKind.Word when !term.Field.Values.Contains(term.Value) =>
            throw new ArgumentException($"'{term.Value}' isn't a value of '{term.Field.Name}'; expected {string.Join(", ", term.Field.Values)}."),
        SearchFieldKind.Run when term.Value.Length == 0 => throw new ArgumentException("Expected the beginning of a run's id after 'run_id:'."),
        null or SearchFieldKind.Text when term.Words.Count == 0 => throw new ArgumentException($"'{term.Value}' has no word to search for; expected letters or digits."),
        _ => term,
    };
}
