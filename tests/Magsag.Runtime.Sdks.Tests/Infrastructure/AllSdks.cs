using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using System.Text.Json;
using Anthropic;
using Anthropic.Models.Messages;
using Azure;
using Azure.AI.Inference;
using Azure.Core.Pipeline;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using OllamaSharp;
using OllamaSharp.Models.Chat;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Responses;

namespace Magsag.Runtime.Sdks.Tests;

/// <summary>Every SDK, with each way in that it has.</summary>
internal static class AllSdks
{
    private const string Key = "key";
    private const string Gpt = "gpt-4o-mini";
    private const string Gpt5 = "gpt-5-mini-2025-08-07";
    private const string Sonnet = "claude-sonnet-4-5-20250929";

    public static readonly Sdk[] All =
    [
        new("OpenAI chat, policy", call => AskChatAsync(call, Policy(call))),
        new("OpenAI chat, HttpClient", call => AskChatAsync(call, OverHttp(call))),
        new("OpenAI chat, policy and HttpClient", call => AskChatAsync(call, OverHttp(call).AddCostTracking(call.Configure))),
        new("OpenAI responses, policy", call => AskResponsesAsync(call, Policy(call))) { Model = Gpt5 },
        new("OpenAI responses, HttpClient", call => AskResponsesAsync(call, OverHttp(call))) { Model = Gpt5 },
        new("M.E.AI chat, middleware and policy", call => AskMeaiAsync(call, Chat(Policy(call)).AsBuilder().UseCostTracking(call.Configure).Build())),
        new("M.E.AI chat, middleware and HttpClient", call => AskMeaiAsync(call, Chat(OverHttp(call)).AsBuilder().UseCostTracking(call.Configure).Build())),
        new("M.E.AI responses, middleware, policy and HttpClient", call => AskMeaiAsync(call, Responses(OverHttp(call).AddCostTracking(call.Configure)).AsBuilder().UseCostTracking(call.Configure).Build())) { Model = Gpt5 },
        new("M.E.AI tool loop and middleware outside the policy", call => AskMeaiAsync(call, Chat(Policy(call)).AsBuilder().UseCostTracking(call.Configure).UseFunctionInvocation().Build())),
        new("Anthropic, Handlers", AskAnthropicAsync) { Model = Sonnet, Provider = "anthropic" },
        new("M.E.AI Anthropic, middleware and Handlers", call => AskMeaiAsync(call, Claude(call).AsIChatClient("claude-sonnet-4-5").AsBuilder().UseCostTracking(call.Configure).Build())) { ToleratesNoUsage = false, Model = Sonnet, Provider = "anthropic" },
        new("Azure.AI.Inference, transport", AskInferenceAsync) { Provider = "azure.ai.inference" },
        new("Semantic Kernel, HttpClient", AskKernelAsync) { Retries = false },
        new("Agent Framework, middleware and HttpClient", AskAgentAsync),
        new("OllamaSharp, HttpClient", AskOllamaAsync) { Retries = false, Model = "llama3.2", Cached = 0, Provider = "ollama" },
        new("Gemini, HttpClient", AskGeminiAsync) { Retries = false, Model = "gemini-2.5-flash", Provider = "gcp.gemini" },
    ];

    private static HttpClient Http(SdkCall call) => new(new CostTrackingHandler(call.Configure));

    private static OpenAIClientOptions Plain(SdkCall call) => new() { Endpoint = new Uri(call.Provider, "v1") };

    private static OpenAIClientOptions Policy(SdkCall call) => Plain(call).AddCostTracking(call.Configure);

    private static OpenAIClientOptions OverHttp(SdkCall call)
    {
        OpenAIClientOptions options = Plain(call);
        options.Transport = new HttpClientPipelineTransport(Http(call));
        return options;
    }

    private static IChatClient Chat(OpenAIClientOptions options) => new ChatClient(Gpt, new ApiKeyCredential(Key), options).AsIChatClient();

    private static IChatClient Responses(OpenAIClientOptions options) => new OpenAIClient(new ApiKeyCredential(Key), options).GetResponsesClient().AsIChatClient("gpt-5-mini");

    private static AnthropicClient Claude(SdkCall call) => new() { ApiKey = Key, BaseUrl = call.Provider.ToString().TrimEnd('/'), Handlers = [new CostTrackingHandler(call.Configure)] };

    private static async Task AskChatAsync(SdkCall call, OpenAIClientOptions options)
    {
        var client = new ChatClient(Gpt, new ApiKeyCredential(Key), options);
        if (call.Stream)
        {
            await call.ReadAsync(client.CompleteChatStreamingAsync(SdkCall.Question), static update => update.ContentUpdate.Count > 0);
        }
        else
        {
            await client.CompleteChatAsync(SdkCall.Question);
        }
    }

    private static async Task AskResponsesAsync(SdkCall call, OpenAIClientOptions options)
    {
        ResponsesClient client = new OpenAIClient(new ApiKeyCredential(Key), options).GetResponsesClient();
        if (call.Stream)
        {
            await call.ReadAsync(client.CreateResponseStreamingAsync("gpt-5-mini", SdkCall.Question), static update => update is StreamingResponseOutputTextDeltaUpdate);
        }
        else
        {
            await client.CreateResponseAsync("gpt-5-mini", SdkCall.Question);
        }
    }

    private static async Task AskMeaiAsync(SdkCall call, IChatClient client)
    {
        if (call.Stream)
        {
            await call.ReadAsync(client.GetStreamingResponseAsync(SdkCall.Question), static update => update.Text.Length > 0);
        }
        else
        {
            await client.GetResponseAsync(SdkCall.Question);
        }
    }

    private static async Task AskAnthropicAsync(SdkCall call)
    {
        var parameters = new MessageCreateParams { MaxTokens = 100, Model = "claude-sonnet-4-5", Messages = [new UserMessageParam(SdkCall.Question)] };
        if (call.Stream)
        {
            await call.ReadAsync(Claude(call).Messages.CreateStreaming(parameters), static update => update.TryPickContentBlockDelta(out _));
        }
        else
        {
            await Claude(call).Messages.Create(parameters);
        }
    }

    private static async Task AskInferenceAsync(SdkCall call)
    {
        var client = new ChatCompletionsClient(call.Provider, new AzureKeyCredential(Key), new AzureAIInferenceClientOptions { Transport = new HttpClientTransport(Http(call)) });
        var options = new ChatCompletionsOptions { Model = Gpt, Messages = { new ChatRequestUserMessage(SdkCall.Question) } };
        if (call.Stream)
        {
            using StreamingResponse<StreamingChatCompletionsUpdate> answer = await client.CompleteStreamingAsync(options);
            await call.ReadAsync(answer, static update => update.ContentUpdate?.Length > 0);
        }
        else
        {
            await client.CompleteAsync(options);
        }
    }

    private static async Task AskKernelAsync(SdkCall call)
    {
        Kernel kernel = Kernel.CreateBuilder().AddOpenAIChatCompletion(Gpt, new Uri(call.Provider, "v1"), Key, httpClient: Http(call)).Build();
        if (call.Stream)
        {
            await call.ReadAsync(kernel.InvokePromptStreamingAsync(SdkCall.Question), static update => update.ToString().Length > 0);
        }
        else
        {
            await kernel.InvokePromptAsync(SdkCall.Question);
        }
    }

    private static async Task AskAgentAsync(SdkCall call)
    {
        var agent = new ChatClientAgent(Chat(OverHttp(call)).AsBuilder().UseCostTracking(call.Configure).Build(), instructions: "Be brief.", name: "fox");
        if (call.Stream)
        {
            await call.ReadAsync(agent.RunStreamingAsync(SdkCall.Question), static update => update.Text.Length > 0);
        }
        else
        {
            await agent.RunAsync(SdkCall.Question);
        }
    }

    private static async Task AskOllamaAsync(SdkCall call)
    {
        using HttpClient http = Http(call);
        http.BaseAddress = call.Provider;
        var client = new OllamaApiClient(http, "llama3.2");
        await call.ReadAsync(client.ChatAsync(new ChatRequest { Model = "llama3.2", Stream = call.Stream, Messages = [new OllamaSharp.Models.Chat.Message(OllamaSharp.Models.Chat.ChatRole.User, SdkCall.Question)] }), static update => update?.Message.Content?.Length > 0);
    }

    // No Gemini SDK can be had here: the request that they all send.
    private static async Task AskGeminiAsync(SdkCall call)
    {
        using HttpClient http = Http(call);
        using var body = new StringContent(JsonSerializer.Serialize(new { contents = new[] { new { role = "user", parts = new[] { new { text = SdkCall.Question } } } } }), Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(call.Provider, "v1beta/models/gemini-2.5-flash:" + (call.Stream ? "streamGenerateContent?alt=sse" : "generateContent"))) { Content = body };
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Length == 0)
            {
                continue;
            }

            using JsonDocument _ = JsonDocument.Parse(call.Stream ? line["data: ".Length..] : line);
            if (call.HasEnough())
            {
                break;
            }
        }
    }
}
