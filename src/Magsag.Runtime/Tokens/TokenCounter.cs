using Microsoft.ML.Tokenizers;

namespace Magsag.Runtime.Tokens;

/// <summary>Counts tokens where the provider reported none, with the encoding of the model's family. What it counts is recorded as <c>counted</c>, never as <c>reported</c>.</summary>
/// <remarks>Models whose encoding isn't public (Claude, Gemini …) are counted with OpenAI's newest one. An encoding is loaded, once, when it is first needed.</remarks>
internal sealed class TokenCounter
{
    private const int LongestPiece = 512;

    private static readonly string[] OldModels = ["gpt-4-", "gpt-3.5", "gpt-35", "text-embedding-"];
    private static readonly TokenCounter Newest = new("o200k_base");
    private static readonly TokenCounter Older = new("cl100k_base");

    private readonly Lazy<Tokenizer> _tokenizer;

    private TokenCounter(string encoding) => _tokenizer = new Lazy<Tokenizer>(() => TiktokenTokenizer.CreateForEncoding(encoding));

    /// <summary>The counter for a model; null or an unknown one is counted with the newest encoding.</summary>
    public static TokenCounter For(string? model)
    {
        string name = model?[(model.LastIndexOf('/') + 1)..] ?? "";
        return name == "gpt-4" || OldModels.Any(old => name.StartsWith(old, StringComparison.OrdinalIgnoreCase)) ? Older : Newest;
    }

    /// <summary>How many tokens a text has.</summary>
    /// <remarks>The encoding takes a time that grows with the square of a run without spaces (a minute for 100,000 Chinese characters), so longer runs are cut.</remarks>
    public int Count(ReadOnlySpan<char> text)
    {
        int tokens = 0;
        while (text.Length > LongestPiece)
        {
            int end = EndOfPiece(text[..LongestPiece]);
            tokens += CountPiece(text[..end]);
            text = text[end..];
        }

        return tokens + CountPiece(text);
    }

    private int CountPiece(ReadOnlySpan<char> text) => text.IsEmpty ? 0 : _tokenizer.Value.CountTokens(text, considerPreTokenization: true, considerNormalization: false);

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
