using System.Text.Json;
using static Magsag.Runtime.WireAnswer;

namespace Magsag.Runtime;

/// <summary>Finds what the model wrote (text, reasoning, refusals, arguments of tools) in bodies and in events of streams.</summary>
internal static class AnswerText
{
    private static readonly string[] Written = ["content", "reasoning_content", "reasoning", "refusal", "text", "thinking", "partial_json", "name", "arguments", "summary"];

    /// <summary>Adds an event's text, or a whole body's.</summary>
    public static void AddTo(TextTally tally, JsonElement root, WireFormat format)
    {
        switch (format)
        {
            case WireFormat.Chat or WireFormat.Completions:
                AddChoices(tally, root);
                break;
            case WireFormat.Responses:
                AddResponse(tally, root);
                break;
            case WireFormat.Anthropic:
                AddMembers(tally, Child(root, "delta") ?? Child(root, "content_block") ?? Child(root, "content"));
                break;
            case WireFormat.Gemini:
                AddCandidates(tally, root);
                break;
            case WireFormat.Ollama:
                AddMembers(tally, Child(root, "message"));
                Add(tally, Child(root, "response"));
                break;
            default:
                break;
        }
    }

    private static void AddChoices(TextTally tally, JsonElement root)
    {
        foreach (JsonElement choice in Items(root, "choices"))
        {
            Add(tally, Child(choice, "text"));
            if ((Child(choice, "delta") ?? Child(choice, "message")) is { } message)
            {
                AddMembers(tally, message);
                foreach (JsonElement call in Items(message, "tool_calls"))
                {
                    AddMembers(tally, Child(call, "function"));
                }
            }
        }
    }

    // Streams repeat in their last events what they sent in pieces: only the pieces count.
    private static void AddResponse(TextTally tally, JsonElement root)
    {
        if (Text(root, "type") is { } type)
        {
            if (type.EndsWith(".delta", StringComparison.Ordinal))
            {
                Add(tally, Child(root, "delta"));
            }

            return;
        }

        foreach (JsonElement item in Items(root, "output"))
        {
            AddMembers(tally, item);
        }
    }

    private static void AddCandidates(TextTally tally, JsonElement root)
    {
        foreach (JsonElement part in Items(root, "candidates").SelectMany(static candidate => Child(candidate, "content") is { } content ? Items(content, "parts") : []))
        {
            AddMembers(tally, part);
            if (Child(part, "functionCall") is { } call)
            {
                AddMembers(tally, call);
                AddStrings(tally, Child(call, "args"));
            }
        }
    }

    private static void AddMembers(TextTally tally, JsonElement? parent)
    {
        if (parent is { ValueKind: JsonValueKind.Array } items)
        {
            foreach (JsonElement item in items.EnumerateArray())
            {
                AddMembers(tally, item);
            }
        }
        else if (parent is { ValueKind: JsonValueKind.Object } members)
        {
            foreach (JsonProperty member in members.EnumerateObject())
            {
                AddMember(tally, member);
            }
        }
    }

    private static void AddMember(TextTally tally, JsonProperty member)
    {
        if (member.Name == "input")
        {
            AddStrings(tally, member.Value);
        }
        else if (Written.Contains(member.Name))
        {
            Add(tally, member.Value);
            AddMembers(tally, member.Value);
        }
    }

    // The arguments of a tool, where they come as JSON and not as text.
    private static void AddStrings(TextTally tally, JsonElement? value)
    {
        switch (value)
        {
            case { ValueKind: JsonValueKind.Object } members:
                foreach (JsonProperty member in members.EnumerateObject())
                {
                    AddStrings(tally, member.Value);
                }

                break;
            case { ValueKind: JsonValueKind.Array } items:
                foreach (JsonElement item in items.EnumerateArray())
                {
                    AddStrings(tally, item);
                }

                break;
            default:
                Add(tally, value);
                break;
        }
    }

    private static void Add(TextTally tally, JsonElement? text)
    {
        if (text is { } found)
        {
            tally.Add(found);
        }
    }
}
