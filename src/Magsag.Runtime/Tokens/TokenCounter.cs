using Microsoft.ML.Tokenizers;

namespace Magsag.Runtime;

/// <summary>Counts tokens where the provider reported none, with the encoding of the model's family. What it counts is recorded as <c>counted</c>, never as <c>reported</c>.</summary>
/// <remarks>Models whose encoding isn't public (Claude, Gemini …) are counted with OpenAI's newest one. An encoding is loaded, once, when it is first needed.</remarks>
internal sealed class TokenCounter
{
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
    public int Count(ReadOnlySpan<char> text) => text.IsEmpty ? 0 : _tokenizer.Value.CountTokens(text, considerPreTokenization: true, considerNormalization: false);
}
