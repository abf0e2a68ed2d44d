using System.Text;
using Anthropic;
using Microsoft.Extensions.AI;
using OllamaSharp;
using OpenAI.Chat;

namespace Magsag.Testing.Tests;

/// <summary>The canonical form made of messages and options is the one made of the body that the SDK's adapter sends.</summary>
public sealed class CanonicalTests : TapedTest
{
    private static readonly AIFunction Weather = AIFunctionFactory.Create(static (string city) => city, "weather", "The weather of a city.");

    [Theory]
    [InlineData("chat", "gpt-4o-mini")]
    [InlineData("responses", "gpt-4o-mini")]
    [InlineData("anthropic", "claude-sonnet-4-5")]
    [InlineData("ollama", "llama3.2")]
    public async Task Messages_and_options_have_the_form_of_the_body_that_is_sent(string sdk, string model)
    {
        List<Microsoft.Extensions.AI.ChatMessage> messages =
        [
            new(ChatRole.User, "How warm is it\r\nin Oslo?"),
            new(ChatRole.Assistant, [new FunctionCallContent("call_abc", "weather", new Dictionary<string, object?> { ["city"] = "Oslo" })]),
            new(ChatRole.Tool, [new FunctionResultContent("call_abc", "21 °C")]),
        ];
        var options = new ChatOptions { Instructions = "Be brief.", MaxOutputTokens = 100, Temperature = 0.2f, TopP = 0.9f, StopSequences = ["END"], Tools = sdk == "ollama" ? null : [Weather] };
        var sent = new SentBody();
        try
        {
            await ClientOf(sdk, model, sent).GetResponseAsync(messages, options, TestContext.Current.CancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // There is no answer; what was asked is what matters.
        }

        // Responses have no stop sequences, and Anthropic's adapter doesn't send what newer models refuse.
        options.StopSequences = sdk == "responses" ? null : options.StopSequences;
        (options.Temperature, options.TopP) = sdk == "anthropic" ? (null, null) : (options.Temperature, options.TopP);
        CanonicalRequest ofBody = WireBody.Read(WireApi.At(sent.Address)!, sent.Address!, sent.Bytes)!;
        CanonicalRequest ofMessages = ChatForm.Read(messages, options, model, isStreamed: false);

        Assert.Equal(ofMessages.ToJson(RequestKey.LeftOut).ToJsonString(), ofBody.ToJson(RequestKey.LeftOut).ToJsonString());
    }

    [Fact]
    public void A_body_that_says_something_twice_or_is_no_object_has_no_form()
    {
        var address = new Uri("https://api.openai.com/v1/chat/completions");

        Assert.All((string[])["""{"model":"a","model":"b"}""", "[]", "{", "", "{\"messages\":" + new string('[', 200)], body => Assert.Null(WireBody.Read(WireApi.At(address)!, address, Encoding.UTF8.GetBytes(body))));
    }

    private static IChatClient ClientOf(string sdk, string model, SentBody sent) => sdk switch
    {
        "chat" => new ChatClient(model, Key, Options(sent)).AsIChatClient(),
        "responses" => new OpenAI.OpenAIClient(Key, Options(sent)).GetResponsesClient().AsIChatClient(model),
        "anthropic" => new AnthropicClient { ApiKey = "key", MaxRetries = 0, HttpClient = new HttpClient(sent) }.AsIChatClient(model),
        _ => new OllamaApiClient(new HttpClient(sent) { BaseAddress = new Uri("http://localhost:11434") }, model),
    };

    private static OpenAI.OpenAIClientOptions Options(SentBody sent) => new() { Transport = new System.ClientModel.Primitives.HttpClientPipelineTransport(new HttpClient(sent)), RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(0) };

    private sealed class SentBody : HttpMessageHandler
    {
        public Uri? Address { get; private set; }

        public byte[] Bytes { get; private set; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (Address, Bytes) = (request.RequestUri, await request.Content!.ReadAsByteArrayAsync(cancellationToken));
            return new HttpResponseMessage(System.Net.HttpStatusCode.BadRequest) { Content = new StringContent("{}") };
        }
    }
}
