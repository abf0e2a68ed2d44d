namespace Magsag.Gating;

/// <summary>What a message quotes of a file: the beginning of what may be very long.</summary>
internal static class Excerpt
{
    private const int MostLetters = 80;

    public static string Of(string text)
    {
        if (text.Length <= MostLetters)
        {
            return text;
        }

        int end = char.IsHighSurrogate(text[MostLetters - 1]) ? MostLetters - 1 : MostLetters;
        return text.Substring(0, end) + "…";
    }
}
