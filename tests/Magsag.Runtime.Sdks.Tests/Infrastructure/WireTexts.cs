using System.Text.Json;

namespace Magsag.Runtime.Sdks.Tests;

/// <summary>Answers as the providers write them: whole bodies, and the events of streams.</summary>
internal static class WireTexts
{
    /// <summary>What the model says, in the pieces in which it is streamed.</summary>
    public static readonly string[] Pieces = ["The quick brown ", "fox jumps over ", "the lazy dog."];

    public static string Text => string.Concat(Pieces);

    public static string Body(Api api, Counts? usage) => api switch
    {
        Api.Chat => Json(new { id = "c1", @object = "chat.completion", created = 1, model = "gpt-4o-mini-2024-07-18", choices = new[] { new { index = 0, message = new { role = "assistant", content = Text }, finish_reason = "stop" } }, usage = usage is { } u ? Chat(u) : null }),
        Api.Responses => Json(Response("completed", usage)),
        Api.Embeddings => Json(new { @object = "list", model = "text-embedding-3-small", data = new[] { new { @object = "embedding", index = 0, embedding = Convert.ToBase64String(new byte[8]) } }, usage = usage is { } u ? new { prompt_tokens = u.Input, total_tokens = u.Input } : null }),
        Api.Anthropic => Json(new { id = "m1", type = "message", role = "assistant", model = "claude-sonnet-4-5-20250929", content = new[] { new { type = "text", text = Text } }, stop_reason = "end_turn", stop_sequence = (string?)null, usage = usage is { } u ? Anthropic(u) : null }),
        Api.Gemini => Json(new { candidates = new[] { new { content = new { role = "model", parts = new[] { new { text = Text } } }, finishReason = "STOP" } }, usageMetadata = usage is { } u ? Gemini(u) : null, modelVersion = "gemini-2.5-flash" }),
        _ => Json(OllamaDone(Text, usage)),
    };

    /// <summary>The events of a stream; the first <paramref name="pieces"/> pieces of text, and, when those are all, the end.</summary>
    public static IEnumerable<string> Events(Api api, Counts? usage, int pieces, bool ends) => api switch
    {
        Api.Chat => ChatEvents(usage, pieces, ends),
        Api.Responses => ResponsesEvents(usage, pieces, ends),
        Api.Anthropic => AnthropicEvents(usage, pieces, ends),
        Api.Gemini => GeminiEvents(usage, pieces, ends),
        _ => OllamaLines(usage, pieces, ends),
    };

    /// <summary>The event that says that the provider failed.</summary>
    public static string Failure(Api api) => api switch
    {
        // Azure.AI.Inference reads on for ever when the stream ends without its mark.
        Api.Chat => "data: {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}\n\ndata: [DONE]\n\n",
        Api.Responses => Event("response.failed", new { type = "response.failed", sequence_number = 90, response = Response("failed", null) }),
        Api.Anthropic => Event("error", new { type = "error", error = new { type = "overloaded_error", message = "Overloaded" } }),
        Api.Gemini => "data: {\"error\":{\"code\":503,\"message\":\"overloaded\",\"status\":\"UNAVAILABLE\"}}\n\n",
        _ => "{\"error\":\"out of memory\"}\n",
    };

    public static string ContentType(Api api, bool stream) => !stream ? "application/json" : api == Api.Ollama ? "application/x-ndjson" : "text/event-stream";

    private static IEnumerable<string> ChatEvents(Counts? usage, int pieces, bool ends)
    {
        foreach (string piece in Pieces.Take(pieces))
        {
            yield return Data(new { id = "c1", @object = "chat.completion.chunk", created = 1, model = "gpt-4o-mini-2024-07-18", choices = new object[] { new { index = 0, delta = new { role = "assistant", content = piece }, finish_reason = (string?)null } }, usage = (object?)null });
        }

        if (ends)
        {
            yield return Data(new { id = "c1", @object = "chat.completion.chunk", created = 1, model = "gpt-4o-mini-2024-07-18", choices = new object[] { new { index = 0, delta = new { }, finish_reason = "stop" } } });
            if (usage is { } u)
            {
                yield return Data(new { id = "c1", @object = "chat.completion.chunk", created = 1, model = "gpt-4o-mini-2024-07-18", choices = Array.Empty<object>(), usage = Chat(u) });
            }

            yield return "data: [DONE]\n\n";
        }
    }

    private static IEnumerable<string> ResponsesEvents(Counts? usage, int pieces, bool ends)
    {
        yield return Event("response.created", new { type = "response.created", sequence_number = 0, response = Response("in_progress", null) });
        int number = 1;
        foreach (string piece in Pieces.Take(pieces))
        {
            yield return Event("response.output_text.delta", new { type = "response.output_text.delta", sequence_number = number++, item_id = "msg_1", output_index = 0, content_index = 0, delta = piece });
        }

        if (ends)
        {
            yield return Event("response.completed", new { type = "response.completed", sequence_number = number, response = Response("completed", usage) });
        }
    }

    private static IEnumerable<string> AnthropicEvents(Counts? usage, int pieces, bool ends)
    {
        // The output here is a placeholder, whatever comes.
        yield return Event("message_start", new { type = "message_start", message = new { id = "m1", type = "message", role = "assistant", model = "claude-sonnet-4-5-20250929", content = Array.Empty<object>(), stop_reason = (string?)null, stop_sequence = (string?)null, usage = usage is { } start ? Anthropic(start with { Output = 1 }) : null } });
        yield return Event("content_block_start", new { type = "content_block_start", index = 0, content_block = new { type = "text", text = "" } });
        foreach (string piece in Pieces.Take(pieces))
        {
            yield return Event("content_block_delta", new { type = "content_block_delta", index = 0, delta = new { type = "text_delta", text = piece } });
        }

        if (ends)
        {
            yield return Event("content_block_stop", new { type = "content_block_stop", index = 0 });
            yield return Event("message_delta", new { type = "message_delta", delta = new { stop_reason = "end_turn", stop_sequence = (string?)null }, usage = usage is { } end ? new { output_tokens = end.Output } : null });
            yield return Event("message_stop", new { type = "message_stop" });
        }
    }

    private static IEnumerable<string> GeminiEvents(Counts? usage, int pieces, bool ends)
    {
        for (int index = 0; index < pieces; index++)
        {
            bool last = ends && index == Pieces.Length - 1;
            yield return Data(new { candidates = new[] { new { content = new { role = "model", parts = new[] { new { text = Pieces[index] } } }, finishReason = last ? "STOP" : null } }, usageMetadata = usage is { } u && last ? Gemini(u) : null, modelVersion = "gemini-2.5-flash" });
        }
    }

    private static IEnumerable<string> OllamaLines(Counts? usage, int pieces, bool ends)
    {
        foreach (string piece in Pieces.Take(pieces))
        {
            yield return Json(new { model = "llama3.2", created_at = "2026-01-01T00:00:00Z", message = new { role = "assistant", content = piece }, done = false }) + "\n";
        }

        if (ends)
        {
            yield return Json(OllamaDone("", usage)) + "\n";
        }
    }

    private static object Response(string status, Counts? usage) => new
    {
        id = "resp_1",
        @object = "response",
        created_at = 1,
        status,
        error = status == "failed" ? new { code = "server_error", message = "overloaded" } : null,
        model = "gpt-5-mini-2025-08-07",
        output = status == "completed" ? new object[] { new { type = "message", id = "msg_1", status = "completed", role = "assistant", content = new[] { new { type = "output_text", text = Text, annotations = Array.Empty<object>() } } } } : [],
        parallel_tool_calls = true,
        tool_choice = "auto",
        tools = Array.Empty<object>(),
        service_tier = "default",
        usage = usage is { } u ? new { input_tokens = u.Input, input_tokens_details = new { cached_tokens = u.Cached }, output_tokens = u.Output, output_tokens_details = new { reasoning_tokens = 0 }, total_tokens = u.Input + u.Output } : null,
    };

    private static object Chat(Counts u) => new { prompt_tokens = u.Input, completion_tokens = u.Output, total_tokens = u.Input + u.Output, prompt_tokens_details = new { cached_tokens = u.Cached }, completion_tokens_details = new { reasoning_tokens = 0 } };

    private static object Anthropic(Counts u) => new { input_tokens = u.Input - u.Cached, cache_creation_input_tokens = 0, cache_read_input_tokens = u.Cached, output_tokens = u.Output, service_tier = "standard" };

    private static object Gemini(Counts u) => new { promptTokenCount = u.Input, cachedContentTokenCount = u.Cached, candidatesTokenCount = u.Output, totalTokenCount = u.Input + u.Output };

    private static object OllamaDone(string text, Counts? usage)
    {
        var done = new Dictionary<string, object> { ["model"] = "llama3.2", ["created_at"] = "2026-01-01T00:00:00Z", ["message"] = new { role = "assistant", content = text }, ["done"] = true, ["done_reason"] = "stop" };
        if (usage is { } u)
        {
            (done["prompt_eval_count"], done["eval_count"]) = (u.Input, u.Output);
        }

        return done;
    }

    private static string Event(string name, object data) => $"event: {name}\n{Data(data)}";

    private static string Data(object data) => $"data: {Json(data)}\n\n";

    private static string Json(object value) => JsonSerializer.Serialize(value);
}
