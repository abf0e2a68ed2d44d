using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tokens;

/// <summary>What has tokens of a content of Microsoft.Extensions.AI; empty when nothing has, null when only the provider can count them.</summary>
internal static class ContentText
{
    /// <summary>The text of a content that a model writes.</summary>
    public static string? FromOutput(AIContent content) => content switch
    {
        FunctionCallContent call => Call(call.Name, ContentJson.Compact(call.Arguments)),
        _ => From(content),
    };

    /// <summary>The text of a content as it is sent to a model.</summary>
    public static string? FromPrompt(AIContent content) => content switch
    {
        FunctionCallContent call => Call(call.Name, ContentJson.AsSent(call.Arguments)),
        FunctionResultContent { Result: AIContent or IEnumerable<AIContent> } => null,
        FunctionResultContent result => result.Result as string ?? ContentJson.AsSent(result.Result),
        _ => From(content),
    };

    private static string? From(AIContent content) => content switch
    {
        TextContent said => said.Text,

        // Reasoning that is kept encrypted has tokens all the same.
        TextReasoningContent thought => thought is { Text.Length: 0, ProtectedData: not null } ? null : thought.Text,
        ErrorContent refusal => refusal.Message,
        UsageContent => "",
        _ => null,
    };

    private static string? Call(string name, string? arguments) => arguments is null ? null : name + arguments;
}
