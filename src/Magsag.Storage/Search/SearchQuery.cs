using System.Globalization;
using System.Text;

namespace Magsag.Storage;

/// <summary>
/// Reads what people type into a search: <c>refund agent:triage model:"gpt 4o" cost_usd:&gt;0.01 -outcome:ok run_id:nightly cost_usd</c>.
/// All terms have to hold. A <c>-</c> negates, quotes keep words together, a <c>*</c> at the end lets the last word go on; the name of
/// a field alone asks for records in which it is known.
/// </summary>
internal static class SearchQuery
{
    private static readonly (string Sign, SearchOperator Operator)[] Comparisons =
        [(">=", SearchOperator.GreaterOrEqual), ("<=", SearchOperator.LessOrEqual), (">", SearchOperator.Greater), ("<", SearchOperator.Less)];

    /// <exception cref="ArgumentException">A term can't be understood.</exception>
    public static IReadOnlyList<SearchTerm> Parse(string? text)
    {
        List<SearchTerm> terms = [];
        int position = 0;
        while (Next(text ?? "", ref position) is { } token)
        {
            terms.Add(TermOf(token));
        }

        return terms;
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

    private static SearchTerm TermOf((string Text, int Quoted) token)
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
        return Checked(field is null ? WordsOf(null, text, quoted, negated) : ValueOf(field, text[(colon + 1)..], quoted - colon - 1, negated));
    }

    private static SearchTerm ValueOf(SearchField field, string value, int quoted, bool negated)
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

        return WordsOf(field, value, quoted, negated);
    }

    private static SearchTerm WordsOf(SearchField? field, string value, int quoted, bool negated)
    {
        bool prefix = value.EndsWith('*') && quoted >= value.Length;
        return new SearchTerm(field, SearchOperator.Matches, prefix ? value[..^1] : value, prefix, negated);
    }

    private static SearchTerm Checked(SearchTerm term) => term.Field?.Kind switch
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
