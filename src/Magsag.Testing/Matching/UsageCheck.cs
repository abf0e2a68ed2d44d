using System.Globalization;
using Magsag.Pricing.Tokens;

namespace Magsag.Testing.Matching;

/// <summary>Compares a recorded usage with our own count of the recorded texts, so that nobody turns a gate green by editing a figure.</summary>
/// <remarks>
/// With a public encoding (OpenAI's models) both sides must agree but for what formats put around messages and tools: 12 tokens, 8 a message, 24 and a fifth of it a tool.
/// With others the count may differ by the stated ratio. Reasoning can't be counted: only a recorded output smaller than the visible text is refused then.
/// </remarks>
internal static class UsageCheck
{
    /// <summary>By how much an encoding that isn't public may differ from ours.</summary>
    public const double Ratio = 2.5;

    private const int Slack = 12;
    private const int PerMessage = 8;
    private const int PerTool = 24;

    // Other providers put instructions of their own ahead of tools.
    private const int HiddenPrompt = 800;

    /// <summary>What is wrong with a recorded usage; null when nothing is, or nothing can be counted.</summary>
    public static string? Refuse(CassetteEntry call, Usage usage, AnswerForm form)
    {
        var counter = TokenCounter.For(call.Model);
        bool isPublic = IsPublic(call);
        (long? counted, int messages, int tools) = Counted(call, counter);
        if (counted is { } input && RefuseInput(usage.InputTokens, input, messages, tools, isPublic) is { } problem)
        {
            return problem;
        }

        long output = form.Output(call.Answer).Sum(text => (long)counter.Count(text));
        double least = isPublic ? output - Slack : output / Ratio - Slack;
        double most = (isPublic ? output * 1.2 : output * Ratio) + Slack + HiddenPrompt;
        long visible = usage.OutputTokens - usage.ReasoningTokens;
        return call.Operation == "embeddings" || (usage.OutputTokens >= least && visible <= most)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"output is recorded as {usage.OutputTokens} tokens, but the answer has {output} by our count");
    }

    /// <summary>Whether the model's encoding is public.</summary>
    public static bool IsPublic(CassetteEntry call) =>
        call.Model is { } model && (call.Provider is "openai" or "azure.ai.openai" || model.Contains("gpt", StringComparison.OrdinalIgnoreCase))
        && !model.Contains("gpt-oss", StringComparison.OrdinalIgnoreCase);

    private static string? RefuseInput(long recorded, long counted, int messages, int tools, bool isPublic)
    {
        double around = Slack + ((double)PerMessage * messages) + ((double)PerTool * tools);
        double least = isPublic ? counted - around - (tools > 0 ? counted / 5.0 : 0) : (counted / Ratio) - around;
        double most = isPublic ? counted + around + (tools > 0 ? counted / 2.0 : 0) : (counted * Ratio) + around + (tools > 0 ? HiddenPrompt : 0);
        return recorded >= least && recorded <= most
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"input is recorded as {recorded} tokens, but the request has {counted} by our count");
    }

    private static (long? Tokens, int Messages, int Tools) Counted(CassetteEntry call, TokenCounter counter)
    {
        int tools = (call.Request["tools"] as JsonArray)?.Count ?? 0;
        if (call.ToRequest() is { } request)
        {
            return (CanonicalTokens.Count(request, counter), request.Messages.Count, tools);
        }

        long tokens = Pieces.Count(call.Request, "tokens");
        return (tokens == 0 ? null : tokens, (call.Request["hashed"] as JsonArray)?.Count ?? 0, tools);
    }
}
