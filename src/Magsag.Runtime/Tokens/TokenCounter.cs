using System.Text;
using Magsag.Pricing.Tokens;

namespace Magsag.Runtime.Tokens;

/// <summary>Counts tokens where the provider reported none. What it counts is recorded as <c>counted</c>, never as <c>reported</c>.</summary>
/// <remarks>
/// With the package Magsag.Tokens it counts with the encoding of the model's family, and models whose encoding isn't public (Claude,
/// Gemini …) with OpenAI's newest one. Without it, it estimates, and takes a byte for a token where it must not count too few.
/// </remarks>
internal sealed class TokenCounter
{
    private const int LongestPiece = 512;

    private static readonly string[] OldModels = ["gpt-4-", "gpt-3.5", "gpt-35", "text-embedding-"];
    private static readonly ITokenEncodings? Encodings = Type.GetType("Magsag.Tokens.TiktokenEncodings, Magsag.Tokens") is { } installed ? (ITokenEncodings?)Activator.CreateInstance(installed) : null;
    private static readonly TokenCounter Newest = With("o200k_base");
    private static readonly TokenCounter Older = With("cl100k_base");
    private static readonly TokenCounter Bytes = new(static text => Encoding.UTF8.GetByteCount(text));

    private readonly CountPiece _count;

    private TokenCounter(CountPiece count) => _count = count;

    private delegate int CountPiece(ReadOnlySpan<char> text);

    /// <summary>The counter for a model; null or an unknown one is counted with the newest encoding.</summary>
    public static TokenCounter For(string? model)
    {
        string name = model?[(model.LastIndexOf('/') + 1)..] ?? "";
        return name == "gpt-4" || OldModels.Any(old => name.StartsWith(old, StringComparison.OrdinalIgnoreCase)) ? Older : Newest;
    }

    /// <summary>The counter for a model that never counts too few, for what a budget reserves.</summary>
    public static TokenCounter AtMost(string? model) => Encodings is null ? Bytes : For(model);

    /// <summary>How many tokens a text has.</summary>
    /// <remarks>The encoding takes a time that grows with the square of a run without spaces (a minute for 100,000 Chinese characters), so longer runs are cut.</remarks>
    public int Count(ReadOnlySpan<char> text)
    {
        int tokens = 0;
        while (text.Length > LongestPiece)
        {
            int end = EndOfPiece(text[..LongestPiece]);
            tokens += _count(text[..end]);
            text = text[end..];
        }

        return tokens + (text.IsEmpty ? 0 : _count(text));
    }

    private static TokenCounter With(string encoding) =>
        Encodings is { } encodings ? new(text => encodings.Count(encoding, text)) : new(static text => TokenEstimate.Count(text.ToString()));

    // No token reaches over the beginning of a word with the space before it: a cut there changes no count.
    private static int EndOfPiece(ReadOnlySpan<char> text)
    {
        for (int end = text.Length - 2; end > 0; end--)
        {
            if (text[end] == ' ' && !char.IsWhiteSpace(text[end - 1]) && !char.IsWhiteSpace(text[end + 1]))
            {
                return end;
            }
        }

        return char.IsHighSurrogate(text[^1]) ? text.Length - 1 : text.Length;
    }
}
