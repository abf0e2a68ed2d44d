using System.Text.Json;

namespace Magsag.Runtime.Sdks.Tests;

/// <summary>The events of an answer that goes on beyond any cap, as text, reasoning or the arguments of a tool.</summary>
internal static class LongStream
{
    private const string Gpt = "gpt-4o-mini-2024-07-18";

    public static string Start(Api api, LongContent content) => api switch
    {
        Api.Chat => content == LongContent.ToolCall ? ChatDelta(new { role = "assistant", tool_calls = new[] { new { index = 0, id = "t1", type = "function", function = new { name = "save", arguments = "" } } } }) : ChatDelta(new { role = "assistant", content = "" }),
        Api.Responses => Event("response.created", new { type = "response.created", sequence_number = 0, response = new { id = "r1", @object = "response", created_at = 1, status = "in_progress", model = "gpt-5-mini", output = Array.Empty<object>(), tools = Array.Empty<object>() } })
            + (content == LongContent.ToolCall ? Event("response.output_item.added", new { type = "response.output_item.added", sequence_number = 1, output_index = 0, item = new { type = "function_call", id = "f1", call_id = "t1", name = "save", arguments = "", status = "in_progress" } }) : ""),
        _ => Event("message_start", new { type = "message_start", message = new { id = "m1", type = "message", role = "assistant", model = "claude-sonnet-4-5-20250929", content = Array.Empty<object>(), stop_reason = (string?)null, stop_sequence = (string?)null, usage = new { input_tokens = 10, output_tokens = 1, service_tier = "standard" } } })
            + Event("content_block_start", new { type = "content_block_start", index = 0, content_block = content switch { LongContent.ToolCall => (object)new { type = "tool_use", id = "t1", name = "save", input = new { } }, LongContent.Reasoning => new { type = "thinking", thinking = "", signature = "" }, _ => new { type = "text", text = "" } } }),
    };

    public static string Piece(Api api, LongContent content, string text, int number) => (api, content) switch
    {
        (Api.Chat, LongContent.ToolCall) => ChatDelta(new { tool_calls = new[] { new { index = 0, function = new { arguments = text } } } }),
        (Api.Chat, _) => ChatDelta(new { content = text }),
        (Api.Responses, LongContent.ToolCall) => Event("response.function_call_arguments.delta", new { type = "response.function_call_arguments.delta", sequence_number = number + 2, item_id = "f1", output_index = 0, delta = text }),
        (Api.Responses, LongContent.Reasoning) => Event("response.reasoning_summary_text.delta", new { type = "response.reasoning_summary_text.delta", sequence_number = number + 2, item_id = "f1", output_index = 0, summary_index = 0, delta = text }),
        (Api.Responses, _) => Event("response.output_text.delta", new { type = "response.output_text.delta", sequence_number = number + 2, item_id = "f1", output_index = 0, content_index = 0, delta = text }),
        (_, LongContent.ToolCall) => Event("content_block_delta", new { type = "content_block_delta", index = 0, delta = new { type = "input_json_delta", partial_json = text } }),
        (_, LongContent.Reasoning) => Event("content_block_delta", new { type = "content_block_delta", index = 0, delta = new { type = "thinking_delta", thinking = text } }),
        _ => Event("content_block_delta", new { type = "content_block_delta", index = 0, delta = new { type = "text_delta", text } }),
    };

    private static string ChatDelta(object delta) => $"data: {JsonSerializer.Serialize(new { id = "c1", @object = "chat.completion.chunk", created = 1, model = Gpt, choices = new[] { new { index = 0, delta, finish_reason = (string?)null } } })}\n\n";

    private static string Event(string name, object data) => $"event: {name}\ndata: {JsonSerializer.Serialize(data)}\n\n";
}
