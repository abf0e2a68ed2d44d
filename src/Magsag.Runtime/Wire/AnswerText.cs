using System.Text.Json;
using static Magsag.Runtime.Wire.WireAnswer;

namespace Magsag.Runtime.Wire;

/// <summary>Finds what the model wrote (text, reasoning, refusals, arguments of tools) in bodies and in events of streams.</summary>
internal static class AnswerText
{
    private static readonly string[] Written = ["content", "reasoning_content", "reasoning", "refusal", "text", "thinking", "partial_json", "name", "arguments", "summary"];

    /// <summary>Adds an event's text, or a whole body's.</summary>
    public static void AddTo(UsageAccumulator usage, JsonElement root, WireFormat format)
    {
        switch (format)
        {
            case WireFormat.Chat or WireFormat.Completions:
                AddChoices(usage, root);
                break;
            case WireFormat.Responses:
                AddResponse(usage, root);
                break;
            case WireFormat.Anthropic:
                AddMembers(usage, Child(root, "delta") ?? Child(root, "content_block") ?? Child(root, "content"));
                break;
            case WireFormat.Gemini:
                AddCandidates(usage, root);
                break;
            case WireFormat.Ollama:
                AddMembers(usage, Child(root, "message"));
                Add(usage, Child(root, "response"));
                break;
            default:
                break;
        }
    }

    private static void AddChoices(UsageAccumulator usage, JsonElement root)
    {
        foreach (JsonElement choice in Items(root, "choices"))
        {
            Add(usage, Child(choice, "text"));
            if ((Child(choice, "delta") ?? Child(choice, "message")) is { } message)
            {
                AddMembers(usage, message);
                foreach (JsonElement call in Items(message, "tool_calls"))
                {
                    AddMembers(usage, Child(call, "function"));
                }
            }
        }
    }

    // Streams repeat in their last events what they sent in pieces: only the pieces count.
    private static void AddResponse(UsageAccumulator usage, JsonElement root)
    {
        if (Text(root, "type") is { } type)
        {
            if (type.EndsWith(".delta", StringComparison.Ordinal))
            {
                Add(usage, Child(root, "delta"));
            }

            return;
        }

        foreach (JsonElement item in Items(root, "output"))
        {
            AddMembers(usage, item);
        }
    }

    private static void AddCandidates(UsageAccumulator usage, JsonElement root)
    {
        foreach (JsonElement part in Items(root, "candidates").SelectMany(static candidate => Child(candidate, "content") is { } content ? Items(content, "parts") : []))
        {
            AddMembers(usage, part);
            if (Child(part, "functionCall") is { } call)
            {
                AddMembers(usage, call);
                AddStrings(usage, Child(call, "args"));
            }
        }
    }

    private static void AddMembers(UsageAccumulator usage, JsonElement? parent)
    {
        if (parent is { ValueKind: JsonValueKind.Array } items)
        {
            foreach (JsonElement item in items.EnumerateArray())
            {
                AddMembers(usage, item);
            }
        }
        else if (parent is { ValueKind: JsonValueKind.Object } members)
        {
            foreach (JsonProperty member in members.EnumerateObject())
            {
                AddMember(usage, member);
            }
        }
    }

    private static void AddMember(UsageAccumulator usage, JsonProperty member)
    {
        if (member.Name == "input")
        {
            AddStrings(usage, member.Value);
        }
        else if (Written.Contains(member.Name))
        {
            Add(usage, member.Value);
            AddMembers(usage, member.Value);
        }
    }

    // The arguments of a tool, where they come as JSON and not as text.
    private static void AddStrings(UsageAccumulator usage, JsonElement? value)
    {
        switch (value)
        {
            case { ValueKind: JsonValueKind.Object } members:
                foreach (JsonProperty member in members.EnumerateObject())
                {
                    AddStrings(usage, member.Value);
                }

                break;
            case { ValueKind: JsonValueKind.Array } items:
                foreach (JsonElement item in items.EnumerateArray())
                {
                    AddStrings(usage, item);
                }

                break;
            default:
                Add(usage, value);
                break;
        }
    }

    private static void Add(UsageAccumulator usage, JsonElement? text)
    {
        if (text is { } found)
        {
            usage.AddText(found.ValueKind == JsonValueKind.String ? found.GetString() : "");
        }
    }
}
