namespace Magsag.Ledger.Files;

/// <summary>What a message quotes of a file: the beginning of what may be very long.</summary>
internal static class Excerpt
{
    private const int MostLetters = 80;

    public static string From(string text) => From(text, MostLetters);

    public static string From(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        int end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return text.Substring(0, end) + "…";
    }
}
