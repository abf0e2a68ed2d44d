namespace Magsag.Testing.Files;

/// <summary>A call in a cassette.</summary>
/// <param name="Key">Names the request's content.</param>
/// <param name="Number">Which of the equal requests it was, from 1.</param>
/// <param name="Format">How the provider writes requests and answers (<see cref="WireFormat"/>), or <c>client</c> for what a client of Microsoft.Extensions.AI answered.</param>
/// <param name="Request">The request in its canonical form, or its hashes.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Answer">The answer's body, without ids and dates.</param>
internal sealed record CassetteEntry(string Key, int Number, string Format, JsonObject Request, int Status, JsonObject Answer)
{
    /// <summary>The provider that answered.</summary>
    public string? Provider { get; init; }

    /// <summary>What its prompt cache did.</summary>
    public ProviderCache Cache { get; init; }

    public string? Model => CanonicalJson.Text(Answer["model"]) ?? CanonicalJson.Text(Answer["modelVersion"]) ?? RequestedModel;

    public string? RequestedModel => CanonicalJson.Text(Request["model"]);

    public string Operation => CanonicalJson.Text(Request["operation"]) ?? "chat";

    /// <summary>The request that was recorded; null when only its hashes were kept.</summary>
    public CanonicalRequest? ToRequest()
    {
        if (Request["messages"] is not JsonArray messages)
        {
            return null;
        }

        var settings = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach ((string name, JsonNode? value) in Request)
        {
            if (value is not null && name is not ("operation" or "model" or "tools" or "messages"))
            {
                settings[name] = value;
            }
        }

        return new CanonicalRequest
        {
            Operation = Operation,
            Model = RequestedModel,
            Settings = settings,
            Tools = [.. (Request["tools"] as JsonArray ?? []).Select(CanonicalTool.FromJson).OfType<CanonicalTool>()],
            Messages = [.. messages.Select(CanonicalMessage.FromJson).OfType<CanonicalMessage>()],
        };
    }
}
