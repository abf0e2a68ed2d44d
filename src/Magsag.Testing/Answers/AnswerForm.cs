using System.Text.Json.Nodes;
using Magsag.Runtime.Wire;

namespace Magsag.Testing.Answers;

/// <summary>How a provider writes answers: makes one body of a stream's events, and events of a body.</summary>
/// <remarks>A cassette keeps the body, without what differs from answer to answer: ids and dates are taken out when it is recorded and made anew when it is replayed, so that no layer takes the answer for one that it has seen.</remarks>
internal abstract class AnswerForm
{
    /// <summary>The form of an API's answers; null when they can't be kept (pictures, sound).</summary>
    public static AnswerForm? For(WireApi api) => api.Format switch
    {
        WireFormat.Chat => ChatAnswer.Instance,
        WireFormat.Responses => ResponsesAnswer.Instance,
        WireFormat.Anthropic => AnthropicAnswer.Instance,
        WireFormat.Gemini => GeminiAnswer.Instance,
        WireFormat.Ollama => OllamaAnswer.Instance,
        WireFormat.Embeddings => EmbeddingsAnswer.Instance,
        _ => null,
    };

    /// <summary>The media type of a stream.</summary>
    public virtual string StreamType => "text/event-stream";

    /// <summary>Makes one body of a stream's events; null when the stream isn't whole.</summary>
    public abstract JsonObject? Join(IEnumerable<JsonObject> events);

    /// <summary>Makes the text of a stream of a body, piece by piece as a provider sends it.</summary>
    /// <param name="body">The body, with ids.</param>
    /// <param name="request">What was asked.</param>
    public abstract IEnumerable<string> Split(JsonObject body, ReplayedRequest request);

    /// <summary>Takes ids and dates out of a body.</summary>
    public abstract void Strip(JsonObject body);

    /// <summary>Gives a body new ids and the time.</summary>
    /// <param name="body">The body.</param>
    /// <param name="request">What was asked.</param>
    public abstract void Renew(JsonObject body, ReplayedRequest request);

    /// <summary>Takes what the provider's own prompt cache did out of the usage, as if it had been empty and written to by nobody.</summary>
    public abstract ProviderCache TakeCache(JsonObject body);

    /// <summary>Puts cache reads back.</summary>
    public abstract void PutCache(JsonObject body, ProviderCache cache);

    /// <summary>Replaces the input tokens of the usage, cached ones included.</summary>
    public abstract void SetInput(JsonObject body, long tokens);

    /// <summary>The text, thoughts and calls that the model wrote.</summary>
    public abstract IEnumerable<string> Output(JsonObject body);
}
