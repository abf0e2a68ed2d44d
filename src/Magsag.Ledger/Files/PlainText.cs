using System.Text;

namespace Magsag.Ledger.Files;

/// <summary>Text from ledgers, files and command lines, made safe for terminals and logs: what steers a terminal, turns the direction of writing or is a command to a CI server's log is shown instead of done.</summary>
internal static class PlainText
{
    private const char ControlPictures = '\u2400';
    private const char DeletePicture = '\u2421';
    private const char Unprintable = '\ufffd';

    /// <summary>The text in one line, with visible signs for control characters.</summary>
    public static string Escape(string text)
    {
        if (IsSafe(text))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length);
        for (int index = 0; index < text.Length; index++)
        {
            char letter = text[index];
            if (letter == '\r' && index + 1 < text.Length && text[index + 1] == '\n')
            {
                continue;
            }

            safe.Append(IsLineEnd(letter) ? ' ' : Visible(text, index));
            if (BeginsCommand(text, index))
            {
                safe.Append(' ');
            }
        }

        return safe.ToString();
    }

    /// <summary>A message of several lines as one.</summary>
    public static string OneLine(string message) =>
        Escape(string.Join(" ", message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Trim()).Where(static line => line.Length > 0)));

    /// <summary>True for half a character: a surrogate without its other half beside it.</summary>
    public static bool IsHalf(string text, int index) =>
        char.IsHighSurrogate(text[index]) ? index + 1 == text.Length || !char.IsLowSurrogate(text[index + 1])
        : char.IsLowSurrogate(text[index]) && (index == 0 || !char.IsHighSurrogate(text[index - 1]));

    private static char Visible(string text, int index) => text[index] switch
    {
        < ' ' => (char)(ControlPictures + text[index]),
        '\u007f' => DeletePicture,
        _ => IsUnprintable(text, index) ? Unprintable : text[index],
    };

    private static bool IsSafe(string text)
    {
        for (int index = 0; index < text.Length; index++)
        {
            char letter = text[index];
            if (letter < ' ' || (letter > '~' && (letter == '\u007f' || IsLineEnd(letter) || IsUnprintable(text, index))) || BeginsCommand(text, index))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLineEnd(char letter) => letter is '\n' or '\r' or '\f' or '\u0085' or '\u2028' or '\u2029';

    private static bool IsUnprintable(string text, int index) =>
        char.IsControl(text[index]) || text[index] is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') || IsHalf(text, index);

    // GitHub obeys '::error …' at the beginning of a line and '##[error]' anywhere in it, Azure Pipelines '##vso[…]': a blank between the signs takes that from them.
    private static bool BeginsCommand(string text, int index) => text[index] switch
    {
        '#' => At(text, index, "##[") || At(text, index, "##vso["),
        ':' => At(text, index, "::") && index + 2 < text.Length && char.IsLetter(text[index + 2]) && (index == 0 || char.IsWhiteSpace(text[index - 1])),
        _ => false,
    };

    private static bool At(string text, int index, string sign) => string.CompareOrdinal(text, index, sign, 0, sign.Length) == 0;
}
