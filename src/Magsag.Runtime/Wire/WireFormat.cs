namespace Magsag.Runtime.Wire;

/// <summary>The forms in which requests and answers stand on the wire.</summary>
internal enum WireFormat
{
    /// <summary>OpenAI's chat completions, and everybody compatible with them.</summary>
    Chat,

    /// <summary>OpenAI's older text completions.</summary>
    Completions,

    /// <summary>OpenAI's responses.</summary>
    Responses,

    /// <summary>OpenAI's embeddings.</summary>
    Embeddings,

    /// <summary>OpenAI's images and audio: usage stands in the body, text to count doesn't.</summary>
    Media,

    /// <summary>Anthropic's messages.</summary>
    Anthropic,

    /// <summary>Google's <c>generateContent</c>.</summary>
    Gemini,

    /// <summary>Any of the others: told by what an answer looks like.</summary>
    Any,

    /// <summary>Ollama's own chat, generate and embed, one JSON text per line.</summary>
    Ollama,
}
