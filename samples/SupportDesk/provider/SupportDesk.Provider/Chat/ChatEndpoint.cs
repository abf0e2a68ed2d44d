using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SupportDesk.Provider.Tokens;
using SupportDesk.Provider.Wire;

namespace SupportDesk.Provider.Chat;

/// <summary><c>POST /v1/chat/completions</c>, plain and streamed.</summary>
internal static class ChatEndpoint
{
    private const string EndOfStream = "[DONE]";

    public static async Task<IResult> CompleteAsync(HttpRequest httpRequest)
    {
        if (await WireJson.ReadAsync<ChatRequest>(httpRequest) is not { } request)
        {
            return ProviderError.Unreadable();
        }

        if (ProviderModels.FindChatVersion(request.Model) is not { } version)
        {
            return ProviderError.UnknownModel(request.Model);
        }

        if (request.Messages.Count == 0)
        {
            return ProviderError.BadValue("messages", "at least one message");
        }

        if (request.Cap < 1)
        {
            return ProviderError.BadValue("max_completion_tokens", "an integer above 0");
        }

        var reply = ChatReply.To(request, version);
        return request.Stream
            ? TypedResults.ServerSentEvents(Chunks(reply, request.StreamOptions?.IncludeUsage == true).ToAsyncEnumerable())
            : TypedResults.Json(Completion(reply), WireJson.WithNulls);
    }

    private static object Completion(ChatReply reply) => new
    {
        reply.Id,
        Object = "chat.completion",
        reply.Created,
        reply.Model,
        Choices = new[]
        {
            new
            {
                Index = 0,
                Message = new { Role = "assistant", Content = reply.Text, Refusal = (string?)null },
                Logprobs = (object?)null,
                reply.FinishReason,
            },
        },
        reply.Usage,
        ServiceTier = "default",
    };

    private static IEnumerable<string> Chunks(ChatReply reply, bool includeUsage)
    {
        yield return Chunk(reply, new { Role = "assistant", Content = string.Empty }, null, includeUsage);

        foreach (var piece in TokenCounter.Chat.Split(reply.Text))
        {
            yield return Chunk(reply, new { Content = piece }, null, includeUsage);
        }

        yield return Chunk(reply, new { }, reply.FinishReason, includeUsage);

        if (includeUsage)
        {
            yield return Serialize(reply, [], reply.Usage, includeUsage);
        }

        yield return EndOfStream;
    }

    private static string Chunk(ChatReply reply, object delta, string? finishReason, bool includeUsage) =>
        Serialize(reply, [new { Index = 0, Delta = delta, Logprobs = (object?)null, FinishReason = finishReason }], null, includeUsage);

    /// <summary>With <c>include_usage</c> every chunk has the member, null in all but the last; without it none has.</summary>
    private static string Serialize(ChatReply reply, object[] choices, ChatUsage? usage, bool includeUsage) =>
        JsonSerializer.Serialize(
            new { reply.Id, Object = "chat.completion.chunk", reply.Created, reply.Model, ServiceTier = "default", Choices = choices, Usage = usage },
            includeUsage ? WireJson.WithNulls : WireJson.WithoutNulls);
}
