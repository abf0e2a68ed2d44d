using System.Text;

namespace Magsag.Gating.Verdicts;

/// <summary>A filter of <c>dotnet test</c>, applied to names of tests: what it says about other properties, such as a category, isn't known here.</summary>
/// <remarks><c>FullyQualifiedName~Billing&amp;(Category=Fast|Name!~Slow)</c>; a value alone is looked for in the full name.</remarks>
internal sealed class TestFilter
{
    private const string Operators = "&|()";

    private readonly IReadOnlyList<string> _tokens;

    private TestFilter(IReadOnlyList<string> tokens) => _tokens = tokens;

    public static TestFilter Parse(string text) => new(Tokenise(text));

    /// <summary>Whether the filter lets a test run; null when its name alone doesn't decide that.</summary>
    public bool? Includes(string test)
    {
        int next = 0;
        bool? included = Either(test, ref next);
        return next == _tokens.Count ? included : null;
    }

    private bool? Either(string test, ref int next)
    {
        bool? any = Both(test, ref next);
        while (Takes("|", ref next))
        {
            bool? other = Both(test, ref next);
            any = any == true || other == true ? true : any is null || other is null ? null : false;
        }

        return any;
    }

    private bool? Both(string test, ref int next)
    {
        bool? all = Condition(test, ref next);
        while (Takes("&", ref next))
        {
            bool? other = Condition(test, ref next);
            all = all == false || other == false ? false : all is null || other is null ? null : true;
        }

        return all;
    }

    private bool? Condition(string test, ref int next)
    {
        if (Takes("(", ref next))
        {
            bool? inner = Either(test, ref next);
            return Takes(")", ref next) ? inner : null;
        }

        return next < _tokens.Count && !IsOperator(_tokens[next]) ? Matches(_tokens[next++], test) : null;
    }

    private bool Takes(string token, ref int next)
    {
        if (next == _tokens.Count || _tokens[next] != token)
        {
            return false;
        }

        next++;
        return true;
    }

    private static bool IsOperator(string token) => token.Length == 1 && Operators.IndexOf(token[0]) >= 0;

    private static bool? Matches(string condition, string test)
    {
        int at = OperatorIn(condition);
        if (at < 0)
        {
            return Contains(test, Unescaped(condition));
        }

        bool negated = condition[at] == '!';
        char comparison = condition[negated ? at + 1 : at];
        if (!string.Equals(condition.Substring(0, at).Trim(), "FullyQualifiedName", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string value = Unescaped(condition.Substring(at + (negated ? 2 : 1)).Trim());
        bool? matches = comparison == '=' ? Equal(test, value) : Contains(test, value);
        return negated ? !matches : matches;
    }

    // The full name of a test with arguments may have them at its end, which a recording doesn't have.
    private static bool? Contains(string test, string value) =>
        test.IndexOf(value.Replace('+', '.'), StringComparison.OrdinalIgnoreCase) >= 0 ? true : value.IndexOf('(') >= 0 ? null : false;

    private static bool? Equal(string test, string value) =>
        string.Equals(test, value.Replace('+', '.'), StringComparison.OrdinalIgnoreCase) ? true : value.StartsWith(test + "(", StringComparison.OrdinalIgnoreCase) ? null : false;

    private static int OperatorIn(string condition)
    {
        for (int at = 0; at < condition.Length; at++)
        {
            switch (condition[at])
            {
                case '\\':
                    at++;
                    break;
                case '=' or '~':
                case '!' when at + 1 < condition.Length && condition[at + 1] is '=' or '~':
                    return at;
            }
        }

        return -1;
    }

    private static string Unescaped(string value)
    {
        var text = new StringBuilder(value.Length);
        for (int at = 0; at < value.Length; at++)
        {
            at += value[at] == '\\' && at + 1 < value.Length ? 1 : 0;
            text.Append(value[at]);
        }

        return text.ToString();
    }

    private static List<string> Tokenise(string text)
    {
        var tokens = new List<string>();
        int start = 0;
        for (int at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && text[at] == '\\')
            {
                at++;
                continue;
            }

            if (at >= text.Length || Operators.IndexOf(text[at]) >= 0)
            {
                Add(tokens, text.Substring(start, Math.Min(at, text.Length) - start).Trim());
                Add(tokens, at < text.Length ? text[at].ToString() : "");
                start = at + 1;
            }
        }

        return tokens;
    }

    private static void Add(List<string> tokens, string token)
    {
        if (token.Length > 0)
        {
            tokens.Add(token);
        }
    }
}
