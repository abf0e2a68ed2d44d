using System.Text.Json;
using static Magsag.Ledger.Files.JsonMembers;

namespace Magsag.Runtime.Wire;

/// <summary>Counts the tools that ran at the provider for an answer, where the usage doesn't say it.</summary>
/// <remarks>
/// OpenAI bills web searches, file searches and containers of its Responses API apart from tokens (https://platform.openai.com/docs/pricing#built-in-tools).
/// Google bills grounding by the search with Gemini 3, and by the grounded answer before (https://ai.google.dev/gemini-api/docs/pricing).
/// </remarks>
/// <param name="Searches">Web searches.</param>
/// <param name="Others">Tools that have a fee for which there is no unit.</param>
internal readonly record struct HostedToolRuns(int Searches, int Others)
{
    // Remote MCP servers, and computers and shells of the app's own, cost their tokens alone.
    private const string Search = "web_search_call";
    private static readonly string[] OtherTools = ["file_search_call", "code_interpreter_call", "image_generation_call"];

    /// <summary>Whether a type of an item of the output is counted.</summary>
    public static bool IsCounted(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("web_search_call"u8) || type.SequenceEqual("file_search_call"u8) || type.SequenceEqual("code_interpreter_call"u8) || type.SequenceEqual("image_generation_call"u8);

    /// <summary>Those of a body, or of the response that ends a stream.</summary>
    public static HostedToolRuns Read(JsonElement facts, string? model)
    {
        int searches = 0, others = 0;
        foreach (JsonElement item in WireAnswer.Items(facts, "output"))
        {
            string? type = Text(item, "type");
            searches += type == Search && IsSearch(item) ? 1 : 0;
            others += OtherTools.Contains(type) ? 1 : 0;
        }

        foreach (JsonElement candidate in WireAnswer.Items(facts, "candidates"))
        {
            int queries = Child(candidate, "groundingMetadata") is { } grounding ? WireAnswer.Items(grounding, "webSearchQueries").Count() : 0;
            searches += queries > 0 && IsBilledByAnswer(model) ? 1 : queries;
        }

        return new HostedToolRuns(searches, others);
    }

    // Opening a page and looking for something on it isn't billed (https://platform.openai.com/docs/guides/tools-web-search).
    private static bool IsSearch(JsonElement item) => Text(Child(item, "action"), "type") is null or "search";

    private static bool IsBilledByAnswer(string? model) => model is not null && (model.Contains("gemini-1", StringComparison.Ordinal) || model.Contains("gemini-2", StringComparison.Ordinal));
}
