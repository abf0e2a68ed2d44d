using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Magsag.Pricing.Catalogue;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

/// <summary>A prompt has as many tokens as messages of an app as it has as the body that an adapter makes of them.</summary>
public sealed class PromptTokensTests
{
    private static readonly TokenCounter Counter = TokenCounter.For("gpt-4o-mini");
    private static readonly ModelPrice Price = PriceCatalog.Embedded.Find("gpt-4o-mini")!;
    private static readonly AIFunction Tool = AIFunctionFactory.Create(([Description("The name of the city, in English")] string city, [Description("How many days ahead")] int days) => city + days, "forecast", "Tells the weather of the coming days in a city");

    public static TheoryData<string> Prompts() => ["text", "instructions", "tools", "schema", "tool calls"];

    private static (List<ChatMessage> Messages, ChatOptions Options) Prompt(string kind)
    {
        List<ChatMessage> messages = [new(ChatRole.System, "Answer in one sentence."), new(ChatRole.User, "What will the weather be like in Graz on Friday?")];
        var options = new ChatOptions();
        switch (kind)
        {
            case "instructions":
                options.Instructions = "You are a friendly assistant of a weather station.";
                break;
            case "tools":
                options.Tools = [Tool];
                break;
            case "schema":
                options.ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonDocument.Parse("""{"type":"object","properties":{"temperature":{"type":"number","description":"Degrees Celsius at noon"},"sky":{"type":"string","enum":["clear","cloudy","rain"]}},"required":["temperature","sky"]}""").RootElement, "weather", "The weather at noon");
                break;
            case "tool calls":
                messages.Add(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("call_1", "forecast", new Dictionary<string, object?> { ["city"] = "Graz", ["days"] = 4, ["detail"] = new { wind = true, hours = new[] { 6, 12, 18 } } })]));
                messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent("call_1", new { temperature = 21.5, sky = "clear", hours = new[] { "06: 14", "12: 21", "18: 19" } })]));
                break;
            default:
                break;
        }

        return (messages, options);
    }

    [Theory]
    [MemberData(nameof(Prompts))]
    public async Task What_the_app_hands_over_counts_like_what_the_adapter_sends(string kind)
    {
        (List<ChatMessage> messages, ChatOptions options) = Prompt(kind);
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();
        await provider.Client.GetChatClient("gpt-4o-mini").AsIChatClient().GetResponseAsync(messages, options);
        byte[] body = Encoding.UTF8.GetBytes(provider.Requests.Single().ToJsonString());

        long sent = RequestBody.CountTokens(body, Counter, PromptMargin.Likely)!.Value;
        long handedOver = PromptTokens.Count(messages, options, Counter, PromptMargin.Likely)!.Value;

        // Adapters complete schemas.
        Assert.InRange(handedOver, sent * 0.8, sent * 1.1);
        if (kind is "text" or "instructions")
        {
            Assert.Equal(sent, handedOver);
        }
    }

    [Theory]
    [MemberData(nameof(Prompts))]
    public async Task The_most_that_a_prompt_can_have_is_no_less_than_all_that_is_sent(string kind)
    {
        (List<ChatMessage> messages, ChatOptions options) = Prompt(kind);
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync();
        await provider.Client.GetChatClient("gpt-4o-mini").AsIChatClient().GetResponseAsync(messages, options);
        byte[] body = Encoding.UTF8.GetBytes(provider.Requests.Single().ToJsonString());

        long most = PromptTokens.Count(messages, options, Counter, PromptMargin.Most(Price))!.Value;

        Assert.True(most > RequestBody.CountTokens(body, Counter, PromptMargin.Likely), $"Only {most} tokens.");
        Assert.True(most <= RequestBody.CountTokens(body, Counter, PromptMargin.Most(Price)) * 1.2);
    }

    [Fact]
    public void Content_that_is_no_text_cannot_be_counted()
    {
        static long? Count(AIContent content) => PromptTokens.Count([new ChatMessage(ChatRole.User, [content])], null, Counter, PromptMargin.Likely);

        Assert.Null(Count(new DataContent(new byte[] { 1 }, "image/png")));
        Assert.Null(Count(new UriContent("https://example.com/a.png", "image/png")));
        Assert.Null(Count(new HostedFileContent("file_1")));
        Assert.Null(Count(new TextReasoningContent("") { ProtectedData = "AAAA" }));
        Assert.Null(Count(new AIContent { RawRepresentation = new object() }));
        Assert.NotNull(Count(new TextContent("hi")));
    }

    [Fact]
    public void A_conversation_that_the_provider_keeps_cannot_be_counted()
    {
        Assert.Null(PromptTokens.Count([new ChatMessage(ChatRole.User, "hi")], new ChatOptions { ConversationId = "resp_1" }, Counter, PromptMargin.Most(Price)));
        Assert.Null(RequestBody.CountTokens("""{"input":"hi","previous_response_id":"resp_1"}"""u8, Counter, PromptMargin.Likely));
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"assistant","content":[{"type":"tool_use","name":"find","input":{"text":"{0}"}}]}]}""")]
    [InlineData("""{"messages":[{"role":"assistant","tool_calls":[{"function":{"name":"find","arguments":"{0}"}}]}]}""")]
    [InlineData("""{"contents":[{"role":"model","parts":[{"functionCall":{"name":"find","args":{"text":"{0}"}}}]}]}""")]
    [InlineData("""{"contents":[{"role":"user","parts":[{"functionResponse":{"name":"find","response":{"text":"{0}"}}}]}]}""")]
    [InlineData("""{"response_format":{"type":"json_schema","json_schema":{"name":"x","schema":{"description":"{0}"}}}}""")]
    [InlineData("""{"input":[],"text":{"format":{"type":"json_schema","schema":{"enum":["{0}"]}}}}""")]
    [InlineData("""{"generationConfig":{"responseSchema":{"description":"{0}"}}}""")]
    [InlineData("""{"format":{"properties":{"{0}":{"type":"string"}}}}""")]
    [InlineData("""{"tools":[{"name":"find","input_schema":{"description":"{0}"}}]}""")]
    [InlineData("""{"tools":[{"functionDeclarations":[{"name":"find","parameters":{"description":"{0}"}}]}]}""")]
    public void Everything_that_a_model_reads_of_a_body_counts(string body)
    {
        long without = RequestBody.CountTokens(Encoding.UTF8.GetBytes(body.Replace("{0}", "", StringComparison.Ordinal)), Counter, PromptMargin.Likely)!.Value;
        long with = RequestBody.CountTokens(Encoding.UTF8.GetBytes(body.Replace("{0}", string.Concat(Enumerable.Repeat(" fox", 50)), StringComparison.Ordinal)), Counter, PromptMargin.Likely)!.Value;

        Assert.InRange(with - without, 49, 51);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"input":"\ud800"}""")]
    public void A_body_that_cannot_be_read_has_unknown_tokens(string body) => Assert.Null(RequestBody.CountTokens(Encoding.UTF8.GetBytes(body), Counter, PromptMargin.Likely));
}
