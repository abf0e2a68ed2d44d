using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Magsag.Testing.Canonical;

/// <summary>Makes the canonical form of a call of Microsoft.Extensions.AI: the same that the body has which an adapter makes of it.</summary>
internal static class ChatForm
{
    /// <summary>The form of a chat call.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="options">The options; null for none.</param>
    /// <param name="defaultModel">The client's model, where the options name none.</param>
    /// <param name="isStreamed">Whether the answer is streamed.</param>
    public static CanonicalRequest Read(IEnumerable<ChatMessage> messages, ChatOptions? options, string? defaultModel, bool isStreamed)
    {
        var builder = new CanonicalBuilder { Model = options?.ModelId ?? defaultModel, IsStreamed = isStreamed };
        ReadOptions(options, builder);
        foreach (ChatMessage message in messages)
        {
            ReadMessage(message, builder);
        }

        return builder.Build("chat");
    }

    /// <summary>The form of a call for embeddings.</summary>
    public static CanonicalRequest Read(IEnumerable<string> values, EmbeddingGenerationOptions? options, string? defaultModel)
    {
        var builder = new CanonicalBuilder { Model = options?.ModelId ?? defaultModel };
        builder.Set("dimensions", options?.Dimensions);
        foreach (string value in values)
        {
            builder.BeginMessage("user");
            builder.AddText(value);
        }

        return builder.Build("embeddings");
    }

    private static void ReadOptions(ChatOptions? options, CanonicalBuilder builder)
    {
        if (options is null)
        {
            return;
        }

        builder.Set("max_output_tokens", options.MaxOutputTokens);
        builder.Set("temperature", (decimal?)options.Temperature);
        builder.Set("top_p", (decimal?)options.TopP);
        builder.Set("top_k", options.TopK);
        builder.Set("frequency_penalty", (decimal?)options.FrequencyPenalty);
        builder.Set("presence_penalty", (decimal?)options.PresencePenalty);
        builder.Set("seed", options.Seed);
        builder.Set("previous_response_id", options.ConversationId);
        builder.Set("parallel_tool_calls", options.AllowMultipleToolCalls);
        builder.Set("stop", options.StopSequences is { Count: > 0 } stop ? new JsonArray([.. stop.Select(static text => (JsonNode)text)]) : null);
        builder.Set("response_format", FormatOf(options.ResponseFormat));
        builder.Set("tool_choice", ChoiceOf(options.ToolMode));
        foreach (AITool tool in options.Tools ?? [])
        {
            builder.AddTool(tool.Name, tool.Description, tool is AIFunctionDeclaration function ? JsonSerializer.SerializeToNode(function.JsonSchema) : null);
        }

        foreach ((string name, object? value) in options.AdditionalProperties ?? [])
        {
            builder.Set(name, ContentJson.Compact(value) is { Length: > 0 } json ? JsonNode.Parse(json) : null);
        }

        builder.BeginMessage("system");
        builder.AddText(options.Instructions);
    }

    private static JsonObject? FormatOf(ChatResponseFormat? format) => format switch
    {
        ChatResponseFormatJson { Schema: { } schema } json => new JsonObject { ["type"] = "json_schema", ["json_schema"] = new JsonObject { ["name"] = json.SchemaName, ["description"] = json.SchemaDescription, ["schema"] = JsonSerializer.SerializeToNode(schema) } },
        ChatResponseFormatJson => new JsonObject { ["type"] = "json_object" },
        _ => null,
    };

    private static JsonNode? ChoiceOf(ChatToolMode? mode) => mode switch
    {
        NoneChatToolMode => "none",
        RequiredChatToolMode { RequiredFunctionName: { } name } => new JsonObject { ["type"] = "function", ["function"] = new JsonObject { ["name"] = name } },
        RequiredChatToolMode => "required",
        _ => null,
    };

    private static void ReadMessage(ChatMessage message, CanonicalBuilder builder)
    {
        builder.BeginMessage(message.Role.Value);
        foreach (AIContent content in message.Contents)
        {
            switch (content)
            {
                case TextContent said: builder.AddText(said.Text); break;
                case FunctionCallContent call: builder.AddCall(call.CallId, call.Name, ContentJson.Compact(call.Arguments)); break;
                case FunctionResultContent result: builder.AddResult(result.CallId, null, ContentText.FromPrompt(result) ?? ContentJson.Compact(result.Result)); break;
                case UsageContent: break;
                default: AddOther(content, builder); break;
            }
        }
    }

    private static void AddOther(AIContent content, CanonicalBuilder builder) => builder.AddOther(content switch
    {
        DataContent data => new JsonObject { ["type"] = data.MediaType, ["data"] = Convert.ToBase64String(data.Data.Span) },
        UriContent link => new JsonObject { ["type"] = link.MediaType, ["uri"] = link.Uri.ToString() },
        TextReasoningContent thought => new JsonObject { ["type"] = "thinking", ["thinking"] = thought.Text },
        _ => new JsonObject { ["type"] = content.GetType().Name },
    });
}
