using System.Text.Json.Nodes;

namespace Magsag.Testing.Canonical;

/// <summary>Gathers a request while its form is read.</summary>
internal sealed class CanonicalBuilder
{
    private readonly List<CanonicalMessage> _messages = [];
    private readonly List<CanonicalTool> _tools = [];
    private readonly SortedDictionary<string, JsonNode> _settings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _calls = new(StringComparer.Ordinal);
    private List<JsonObject> _parts = [];
    private string? _role;
    private int _callCount;

    public string? Model { get; set; }

    public bool IsStreamed { get; set; }

    /// <summary>Begins a message; the parts that follow are its own.</summary>
    public void BeginMessage(string? role)
    {
        EndMessage();
        _role = role switch
        {
            "developer" => "system",
            "model" => "assistant",
            "function" => "tool",
            null => "user",
            _ => role,
        };
    }

    public void AddText(string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            Add(new JsonObject { ["text"] = CanonicalJson.Normalize(text) });
        }
    }

    /// <summary>Adds a call of a tool by the model. Arguments that are JSON in a text are read.</summary>
    public void AddCall(string? id, string? name, JsonNode? arguments)
    {
        int number = ++_callCount;
        _calls[id ?? name ?? ""] = number;
        Add(new JsonObject { ["call"] = number, ["name"] = name, ["arguments"] = CanonicalJson.Normalize(Parsed(arguments)) ?? new JsonObject() });
    }

    /// <summary>Adds what a tool answered, as a message of its own. Where its call isn't known by id or name, it is the last one's.</summary>
    public void AddResult(string? id, string? name, JsonNode? result)
    {
        BeginMessage("tool");
        var part = new JsonObject { ["result"] = _calls.GetValueOrDefault(id ?? name ?? "", _callCount) };
        if (TextOf(result) is { } text)
        {
            part["text"] = CanonicalJson.Normalize(text);
        }
        else if (CanonicalJson.Normalize(result) is { } value)
        {
            part["value"] = value;
        }

        Add(part);
    }

    /// <summary>Adds a part of another kind: a picture, a file, a thought.</summary>
    public void AddOther(JsonNode? part)
    {
        if (CanonicalJson.Normalize(part) is { } other)
        {
            Add(new JsonObject { ["other"] = other });
        }
    }

    public void AddTool(string? name, string? description, JsonNode? schema) =>
        _tools.Add(new CanonicalTool(name ?? "", description is null ? null : CanonicalJson.Normalize(description), CanonicalJson.NormalizeSchema(schema)));

    /// <summary>Sets what the request says beside its messages. Null and what is the default of every provider aren't kept.</summary>
    public void Set(string name, JsonNode? value)
    {
        if (CanonicalJson.Normalize(value) is { } kept && !IsDefault(name, kept))
        {
            _settings[name] = kept;
        }
    }

    public CanonicalRequest Build(string operation)
    {
        EndMessage();
        return new CanonicalRequest { Operation = operation, Model = Model, IsStreamed = IsStreamed, Messages = _messages, Tools = _tools, Settings = _settings };
    }

    private static bool IsDefault(string name, JsonNode value) => name switch
    {
        "tool_choice" => (CanonicalJson.Text(value) ?? CanonicalJson.Text(value["type"])) == "auto",
        "response_format" => CanonicalJson.Text(value["type"]) == "text",
        "stop" => value is JsonArray { Count: 0 },
        _ => value is JsonObject { Count: 0 },
    };

    private static JsonNode? Parsed(JsonNode? arguments)
    {
        if (CanonicalJson.Text(arguments) is not { } text)
        {
            return arguments;
        }

        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return arguments;
        }
    }

    // A list of text parts is a text.
    private static string? TextOf(JsonNode? result) =>
        CanonicalJson.Text(result)
        ?? (result is JsonArray { Count: > 0 } parts && parts.All(static part => part is JsonObject said && CanonicalJson.Text(said["text"]) is not null) ? string.Join("\n", parts.Select(static part => CanonicalJson.Text(part!["text"]))) : null);

    private void Add(JsonObject part)
    {
        _role ??= "user";
        _parts.Add(part);
    }

    private void EndMessage()
    {
        if (_role is not null && _parts.Count > 0)
        {
            _messages.Add(new CanonicalMessage(_role, _parts));
            _parts = [];
        }

        _role = null;
    }
}
