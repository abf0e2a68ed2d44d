using System.Text;

namespace Magsag.Cli;

/// <summary>Text from ledgers, files and command lines, made safe to print: what steers a terminal or turns the direction of writing is shown instead of done.</summary>
internal static class PlainText
{
    private const char ControlPictures = '\u2400';
    private const char DeletePicture = '\u2421';
    private const char Unprintable = '\ufffd';

    /// <summary>The text in one line, with visible signs for control characters.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\u001f') && !text.Any(IsUnsafe))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length);
        foreach (char letter in text.ReplaceLineEndings(" "))
        {
            safe.Append(letter switch
            {
                < ' ' => (char)(ControlPictures + letter),
                '\u007f' => DeletePicture,
                _ => IsUnsafe(letter) ? Unprintable : letter,
            });
        }

        return safe.ToString();
    }

    /// <summary>A message of several lines as one.</summary>
    public static string OneLine(string message) =>
        Of(string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));

    private static bool IsUnsafe(char letter) => char.IsControl(letter) || letter is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
