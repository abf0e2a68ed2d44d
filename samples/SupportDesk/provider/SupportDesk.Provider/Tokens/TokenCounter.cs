using Microsoft.ML.Tokenizers;

namespace SupportDesk.Provider.Tokens;

/// <summary>Counts and cuts text in tokens of one of OpenAI's vocabularies.</summary>
internal sealed class TokenCounter
{
    private readonly TiktokenTokenizer _tokenizer;

    private TokenCounter(string encoding) => _tokenizer = TiktokenTokenizer.CreateForEncoding(encoding);

    /// <summary>The vocabulary of the gpt-4o and gpt-4.1 models.</summary>
    public static TokenCounter Chat { get; } = new("o200k_base");

    /// <summary>The vocabulary of the text-embedding-3 models.</summary>
    public static TokenCounter Embeddings { get; } = new("cl100k_base");

    public int Count(string text) => _tokenizer.CountTokens(text);

    /// <summary>The beginning of a text that has at most so many tokens.</summary>
    public string Truncate(string text, int maxTokens) =>
        text[.._tokenizer.GetIndexByTokenCount(text, maxTokens, out _, out _)];

    /// <summary>The text cut where its tokens end; joined again, the pieces are the text.</summary>
    public IEnumerable<string> Split(string text)
    {
        var start = 0;
        foreach (var token in _tokenizer.EncodeToTokens(text, out _))
        {
            var end = token.Offset.End.Value;

            // The tokens of one character share its place in the text: the first brings it.
            if (end <= start)
            {
                continue;
            }

            yield return text[start..end];
            start = end;
        }
    }
}
