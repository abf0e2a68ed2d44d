using System.Collections.Concurrent;
using Magsag.Runtime.Tokens;
using Microsoft.ML.Tokenizers;

namespace Magsag.Tokens;

/// <summary>The encodings of OpenAI's models. <see cref="TokenCounter"/> looks for this type by its name.</summary>
internal sealed class TiktokenEncodings : ITokenEncodings
{
    private readonly ConcurrentDictionary<string, Lazy<Tokenizer>> _tokenizers = new();

    /// <inheritdoc />
    public int Count(string encoding, ReadOnlySpan<char> text) =>
        _tokenizers.GetOrAdd(encoding, static name => new Lazy<Tokenizer>(() => TiktokenTokenizer.CreateForEncoding(name))).Value.CountTokens(text, considerPreTokenization: true, considerNormalization: false);
}
