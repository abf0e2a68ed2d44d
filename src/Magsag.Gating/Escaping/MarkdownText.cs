using System.Globalization;
using System.Text;
using Magsag.Ledger.Files;

namespace Magsag.Gating.Escaping;

/// <summary>Text that stands in GitHub's Markdown as what it is: within a line or a table's cell, without mentioning a user.</summary>
internal static class MarkdownText
{
    private const string NoWidth = "&#8203;";

    // Signs that end a cell or begin markup in a code element.
    private static readonly char[] MarkupOfCode = ['`', '|', '\\', '<', '>', '&'];

    /// <summary>Text in a line, a heading, an item or a cell.</summary>
    public static string Escape(string text)
    {
        text = PlainText.Escape(text);
        var escaped = new StringBuilder(text.Length);
        for (int index = 0; index < text.Length; index++)
        {
            Append(escaped, text, index);
        }

        return escaped.ToString();
    }

    /// <summary>Text as code; in a table's cell, too.</summary>
    public static string Code(string text)
    {
        text = PlainText.Escape(text).Trim();
        if (text.Length == 0)
        {
            return "";
        }

        // Nothing is escaped between back-ticks, so what has to be goes into an element.
        return text.IndexOfAny(MarkupOfCode) < 0 ? $"`{text}`" : $"<code>{InElement(text)}</code>";
    }

    private static void Append(StringBuilder escaped, string text, int index)
    {
        char letter = text[index];
        _ = letter switch
        {
            '&' => escaped.Append("&amp;"),
            '<' => escaped.Append("&lt;"),
            '>' => escaped.Append("&gt;"),
            '|' or '`' or '*' or '[' or '\\' or '~' => escaped.Append('\\').Append(letter),
            '_' when !IsWithinWord(text, index) => escaped.Append("\\_"),

            // GitHub looks for names, numbers of issues and addresses in what it has rendered: only a sign between the letters helps.
            '@' => escaped.Append('@').Append(NoWidth),
            '#' when index + 1 < text.Length && char.IsDigit(text[index + 1]) => escaped.Append('#').Append(NoWidth),
            ':' or '.' when IsOfAddress(text, index) => escaped.Append(NoWidth).Append(letter).Append(NoWidth),
            _ => escaped.Append(letter),
        };
    }

    private static string InElement(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (int index = 0; index < text.Length; index++)
        {
            char letter = text[index];
            bool isPlain = letter > '~' || char.IsLetterOrDigit(letter) || letter is ' ' or '/' or '-' or '(' or ')' or ',' || (letter is ':' or '.' && !IsOfAddress(text, index));
            _ = isPlain ? escaped.Append(letter) : escaped.Append("&#").Append(((int)letter).ToString(CultureInfo.InvariantCulture)).Append(';');
        }

        return escaped.ToString();
    }

    private static bool IsOfAddress(string text, int index) =>
        At(text, index, "://") || (index >= 3 && string.Compare(text, index - 3, "www.", 0, 4, StringComparison.OrdinalIgnoreCase) == 0);

    private static bool IsWithinWord(string text, int index) =>
        index > 0 && index + 1 < text.Length && char.IsLetterOrDigit(text[index - 1]) && char.IsLetterOrDigit(text[index + 1]);

    private static bool At(string text, int index, string sign) => string.CompareOrdinal(text, index, sign, 0, sign.Length) == 0;
}
