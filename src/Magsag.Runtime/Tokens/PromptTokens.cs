using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tokens;

/// <summary>Counts the input tokens of a call: of the messages that an app hands over, or of the body that is sent.</summary>
/// <remarks>Null means that only the provider can count them: there are pictures, sound or files among them, or the provider keeps a part of the conversation.</remarks>
internal sealed class PromptTokens(TokenCounter counter, PromptMargin margin)
{
    private long _tokens;
    private bool _hasMessages;
    private bool _isOpaque;

    /// <summary>Whether what may be read by a model counts, too.</summary>
    public bool CountsAll => margin.WithPunctuation;

    /// <summary>The tokens of all that was added.</summary>
    public long? Total => _isOpaque ? null : (_tokens + margin.PerCall + (_hasMessages ? margin.PerChat : 0)) * margin.Factor;

    /// <summary>The tokens of a chat call.</summary>
    public static long? Count(IReadOnlyList<ChatMessage> messages, ChatOptions? options, TokenCounter counter, PromptMargin margin)
    {
        var prompt = new PromptTokens(counter, margin);
        prompt.AddOptions(options);
        foreach (ChatMessage message in messages)
        {
            prompt.AddMessage();
            prompt.AddText(message.AuthorName);
            foreach (AIContent content in message.Contents)
            {
                prompt.AddContent(content);
            }
        }

        return prompt.Total;
    }

    /// <summary>The tokens of values to embed; null stands for one that isn't text.</summary>
    public static long? Count(IEnumerable<string?> values, TokenCounter counter, PromptMargin margin)
    {
        var prompt = new PromptTokens(counter, margin);
        foreach (string? value in values)
        {
            prompt.AddText(value);
            prompt._isOpaque |= value is null;
        }

        return prompt.Total;
    }

    /// <summary>Adds what surrounds a message.</summary>
    public void AddMessage()
    {
        _hasMessages = true;
        _tokens += margin.PerMessage;
    }

    /// <summary>Adds a text.</summary>
    public void AddText(string? text) => _tokens += counter.Count(text);

    /// <summary>Adds tokens that the app has made of its text itself.</summary>
    public void AddToken() => _tokens++;

    /// <summary>Adds a tool's declaration.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="schema">The schema of its arguments.</param>
    public void AddTool(string? name, string? description, JsonElement? schema)
    {
        _tokens += margin.PerTool;
        AddText(name);
        AddText(description);
        if (schema is { } arguments)
        {
            AddJson(arguments);
        }
    }

    /// <summary>Adds a schema, or the arguments or the result of a tool.</summary>
    public void AddJson(JsonElement value)
    {
        if (margin.WithPunctuation)
        {
            AddText(value.GetRawText());
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    AddText(member.Name);
                    AddJson(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    AddJson(item);
                }

                break;
            case JsonValueKind.String:
                AddText(value.GetString());
                break;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                break;
            default:
                AddText(value.GetRawText());
                break;
        }
    }

    /// <summary>Takes note that something can't be counted.</summary>
    public void AddOpaque() => _isOpaque = true;

    private void AddOptions(ChatOptions? options)
    {
        if (options is null)
        {
            return;
        }

        // The provider bills what it keeps of the conversation as input, too.
        _isOpaque |= options.ConversationId is not null;
        if (!string.IsNullOrEmpty(options.Instructions))
        {
            AddMessage();
            AddText(options.Instructions);
        }

        foreach (AITool tool in options.Tools ?? [])
        {
            AddTool(tool.Name, tool.Description, (tool as AIFunctionDeclaration)?.JsonSchema);
        }

        if (options.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } format)
        {
            AddText(format.SchemaName);
            AddText(format.SchemaDescription);
            AddJson(schema);
        }
    }

    private void AddContent(AIContent content)
    {
        string? text = ContentText.FromPrompt(content);
        _isOpaque |= text is null;
        AddText(text);
    }
}
