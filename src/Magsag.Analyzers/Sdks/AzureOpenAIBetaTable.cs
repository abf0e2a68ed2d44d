namespace Magsag.Analyzers.Sdks;

/// <summary>Azure.AI.OpenAI before version 2, which brought a client of its own, by the names in its public source.</summary>
internal sealed class AzureOpenAIBetaTable : SdkTable
{
    public override string Marker => "Azure.AI.OpenAI.OpenAIClient";

    public override LlmApi[] Apis { get; } =
    [
        new(
            ApiKind.Text,
            [Client],
            ["GetChatCompletions", "GetChatCompletionsAsync", "GetChatCompletionsStreaming", "GetChatCompletionsStreamingAsync"],
            "Azure.AI.OpenAI.ChatCompletionsOptions",
            "MaxTokens",
            null)
        {
            ProtocolParameter = "Azure.Core.RequestContent",
        },
        new(
            ApiKind.Embeddings,
            [Client],
            ["GetEmbeddings", "GetEmbeddingsAsync"],
            "Azure.AI.OpenAI.EmbeddingsOptions",
            null,
            null)
        {
            ProtocolParameter = "Azure.Core.RequestContent",
        },
    ];

    public override string[] MessageTypes => ["Azure.AI.OpenAI.ChatRequestMessage", "Azure.AI.OpenAI.ChatMessage"];

    public override string[] ToolCallNames => ["ToolCalls"];

    public override string[] InstructionNames => ["ChatRequestSystemMessage"];

    private const string Client = "Azure.AI.OpenAI.OpenAIClient";
}
