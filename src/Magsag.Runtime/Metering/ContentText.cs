using Microsoft.Extensions.AI;

namespace Magsag.Runtime;

/// <summary>What has tokens of a content of Microsoft.Extensions.AI.</summary>
internal static class ContentText
{
    /// <summary>The text of a content as it goes over the wire; empty when it has none, null when its tokens can't be counted.</summary>
    public static string? Of(AIContent content) => content switch
    {
        TextContent said => said.Text,
        TextReasoningContent thought => thought.Text,
        FunctionCallContent call => CompactJson.Of(call.Arguments) is { } arguments ? call.Name + arguments : null,
        FunctionResultContent result => result.Result as string ?? CompactJson.Of(result.Result),
        DataContent or UriContent or HostedFileContent => null,
        _ => "",
    };
}
