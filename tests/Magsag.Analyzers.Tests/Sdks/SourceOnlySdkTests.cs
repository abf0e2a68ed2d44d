using Magsag.Analyzers.CodeFixes;

namespace Magsag.Analyzers.Tests;

/// <summary>SDKs that can't be had here are known by name; small stubs with the same names stand for them.</summary>
public sealed class SourceOnlySdkTests
{
    private const string GoogleGenAI = """
        namespace Google.GenAI
        {
            public sealed class Client { public Models Models => new(); }
            public sealed class Models
            {
                public System.Threading.Tasks.Task<int> GenerateContentAsync(string model, string contents, Types.GenerateContentConfig? config = null) => null!;
            }
        }
        namespace Google.GenAI.Types { public sealed record GenerateContentConfig { public int? MaxOutputTokens { get; set; } } }
        """;

    private const string Mscc = """
        namespace Mscc.GenerativeAI
        {
            public sealed class GoogleAI { public GenerativeModel GenerativeModel(string model = "gemini-2.5-pro", Types.GenerationConfig? generationConfig = null) => null!; }
            public sealed class GenerativeModel
            {
                public System.Threading.Tasks.Task<int> GenerateContent(string prompt, Types.GenerationConfig? generationConfig = null) => null!;
                public System.Threading.Tasks.Task<int> GenerateContent(Types.GenerateContentRequest request) => null!;
            }
        }
        namespace Mscc.GenerativeAI.Types
        {
            public sealed class GenerationConfig { public int? MaxOutputTokens { get; set; } }
            public sealed class GenerateContentRequest;
        }
        """;

    private const string Bedrock = """
        namespace Amazon.BedrockRuntime
        {
            public interface IAmazonBedrockRuntime { System.Threading.Tasks.Task<int> ConverseAsync(Model.ConverseRequest request, System.Threading.CancellationToken cancellationToken = default); }
            public sealed class AmazonBedrockRuntimeClient : IAmazonBedrockRuntime { public System.Threading.Tasks.Task<int> ConverseAsync(Model.ConverseRequest request, System.Threading.CancellationToken cancellationToken = default) => null!; }
        }
        namespace Amazon.BedrockRuntime.Model
        {
            public sealed class ConverseRequest { public string? ModelId { get; set; } public InferenceConfiguration? InferenceConfig { get; set; } public object? AdditionalModelRequestFields { get; set; } }
            public sealed class InferenceConfiguration { public int? MaxTokens { get; set; } public float? Temperature { get; set; } }
        }
        """;

    private const string AnthropicSdk = """
        namespace Anthropic.SDK { public sealed class AnthropicClient { public Messaging.MessagesEndpoint Messages => new(); } }
        namespace Anthropic.SDK.Messaging
        {
            public sealed class MessagesEndpoint { public System.Threading.Tasks.Task<int> GetClaudeMessageAsync(MessageParameters parameters) => null!; }
            public class MessageCountTokenParameters { public string? Model { get; set; } }
            public sealed class MessageParameters : MessageCountTokenParameters { public int MaxTokens { get; set; } }
        }
        """;

    private const string AzureOpenAIBeta = """
        namespace Azure.AI.OpenAI
        {
            public class OpenAIClient { public System.Threading.Tasks.Task<int> GetChatCompletionsAsync(ChatCompletionsOptions chatCompletionsOptions, System.Threading.CancellationToken cancellationToken = default) => null!; }
            public class ChatCompletionsOptions { public string? DeploymentName { get; set; } public int? MaxTokens { get; set; } }
        }
        """;

    private const string ResponsesForOneModel = """
        namespace OpenAI.Responses
        {
            public class OpenAIResponseClient(string model, string apiKey)
            {
                public string Key => model + apiKey;
                public System.Threading.Tasks.Task<int> CreateResponseAsync(string userInputText, ResponseCreationOptions? options = null) => null!;
            }
            public class ResponseCreationOptions { public int? MaxOutputTokenCount { get; set; } }
        }
        """;

    private const string PersistentAgents = """
        namespace Azure.AI.Agents.Persistent
        {
            public sealed class ThreadRuns
            {
                public int CreateRun(string threadId, string assistantId, string? overrideModelName = null, int? maxPromptTokens = null, int? maxCompletionTokens = null) => 0;
                public int CreateRun(object thread, object agent) => 0;
            }
        }
        """;

    private static string InMethod(string sdk, string parameters, string body) =>
        $$"""
        {{sdk}}
        class C
        {
            async System.Threading.Tasks.Task M({{parameters}})
            {
                await System.Threading.Tasks.Task.Yield();
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("await {|MAG001:c.Models.GenerateContentAsync(\"gemini-2.5-flash\", \"hi\")|};")]
    [InlineData("await {|MAG001:c.Models.GenerateContentAsync({|MAG002:\"claude-opus-4-5\"|}, \"hi\", new())|};")]
    [InlineData("await c.Models.GenerateContentAsync(\"gemini-2.5-flash\", \"hi\", new() { MaxOutputTokens = 5 });")]
    public Task Google_GenAI(string call) => Verify.InEverySdkAsync(InMethod(GoogleGenAI, "Google.GenAI.Client c", call));

    [Theory]
    [InlineData("var m = g.GenerativeModel(\"gemini-2.5-flash\"); await {|MAG001:m.GenerateContent(\"hi\")|};")]
    [InlineData("var m = g.GenerativeModel(\"gemini-2.5-flash\", new() { MaxOutputTokens = 5 }); await m.GenerateContent(\"hi\");")]
    [InlineData("var m = g.GenerativeModel(\"gemini-2.5-flash\"); await m.GenerateContent(\"hi\", new() { MaxOutputTokens = 5 });")]
    [InlineData("await given.GenerateContent(\"hi\");")]
    [InlineData("var m = g.GenerativeModel(\"gemini-2.5-flash\"); await m.GenerateContent(new Mscc.GenerativeAI.Types.GenerateContentRequest());")]
    public Task Mscc_GenerativeAI(string call) => Verify.InEverySdkAsync(InMethod(Mscc, "Mscc.GenerativeAI.GoogleAI g, Mscc.GenerativeAI.GenerativeModel given", call));

    [Fact]
    public Task A_premium_model_that_is_an_SDKs_own_default_is_underlined() =>
        Verify.InEverySdkAsync(InMethod(Mscc, "Mscc.GenerativeAI.GoogleAI g", "var m = {|MAG002:g.GenerativeModel()|};"), ("magsag.premium_input_price", "1.00"));

    [Theory]
    [InlineData("await {|MAG001:c.ConverseAsync(new Amazon.BedrockRuntime.Model.ConverseRequest { ModelId = \"amazon.nova-lite-v1:0\" })|};")]
    [InlineData("await {|MAG001:i.ConverseAsync(new() { InferenceConfig = new() { Temperature = 0 } })|};")]
    [InlineData("await c.ConverseAsync(new() { InferenceConfig = new() { MaxTokens = 200 } });")]
    [InlineData("await c.ConverseAsync(new() { InferenceConfig = config });")]
    [InlineData("var r = new Amazon.BedrockRuntime.Model.ConverseRequest(); r.InferenceConfig = config; await c.ConverseAsync(r);")]
    public Task Bedrock_runtime(string call) => Verify.InEverySdkAsync(InMethod(Bedrock, "Amazon.BedrockRuntime.AmazonBedrockRuntimeClient c, Amazon.BedrockRuntime.IAmazonBedrockRuntime i, Amazon.BedrockRuntime.Model.InferenceConfiguration config", call));

    [Fact]
    public Task The_fix_of_a_Bedrock_request_sets_its_inference_configuration() => Verify.FixInEverySdkAsync<UncappedCallFix>(
        InMethod(Bedrock, "Amazon.BedrockRuntime.AmazonBedrockRuntimeClient c", "await {|MAG001:c.ConverseAsync(new() { ModelId = \"amazon.nova-lite-v1:0\" })|};"),
        InMethod(Bedrock, "Amazon.BedrockRuntime.AmazonBedrockRuntimeClient c", "await c.ConverseAsync(new() { ModelId = \"amazon.nova-lite-v1:0\", InferenceConfig = new Amazon.BedrockRuntime.Model.InferenceConfiguration { MaxTokens = 500 } });"));

    [Theory]
    [InlineData("await {|MAG001:c.Messages.GetClaudeMessageAsync(new() { MaxTokens = 64000, Model = {|MAG002:\"claude-opus-4-5-20251101\"|} })|};")]
    [InlineData("await c.Messages.GetClaudeMessageAsync(new() { MaxTokens = 600, Model = \"claude-haiku-4-5\" });")]
    [InlineData("await c.Messages.GetClaudeMessageAsync(new() { Model = \"claude-haiku-4-5\" });")]
    public Task Anthropic_SDK(string call) => Verify.InEverySdkAsync(InMethod(AnthropicSdk, "Anthropic.SDK.AnthropicClient c", call));

    [Theory]
    [InlineData("{|MAG001:r.CreateRun(\"thread\", \"assistant\")|};")]
    [InlineData("{|MAG001:r.CreateRun(new object(), new object())|};")]
    [InlineData("r.CreateRun(\"thread\", \"assistant\", maxCompletionTokens: 200);")]
    [InlineData("r.CreateRun(\"thread\", \"assistant\", maxCompletionTokens: most);")]
    [InlineData("r.CreateRun(\"thread\", \"assistant\", {|MAG002:\"gpt-4o\"|}, maxCompletionTokens: 200);")]
    public Task Azure_persistent_agents(string call) => Verify.InEverySdkAsync(InMethod(PersistentAgents, "Azure.AI.Agents.Persistent.ThreadRuns r, int most", call));

    [Fact]
    public Task The_fix_of_a_run_passes_the_cap_as_an_argument() => Verify.FixInEverySdkAsync<UncappedCallFix>(
        InMethod(PersistentAgents, "Azure.AI.Agents.Persistent.ThreadRuns r", "{|MAG001:r.CreateRun(\"thread\", \"assistant\")|};"),
        InMethod(PersistentAgents, "Azure.AI.Agents.Persistent.ThreadRuns r", "r.CreateRun(\"thread\", \"assistant\", maxCompletionTokens: 500);"));

    [Theory]
    [InlineData("await {|MAG001:c.GetChatCompletionsAsync(new() { DeploymentName = \"gpt-4o\" })|};")]
    [InlineData("await c.GetChatCompletionsAsync(new() { DeploymentName = \"gpt-4o\", MaxTokens = 300 });")]
    public Task Azure_OpenAI_before_version_2(string call) => Verify.InEverySdkAsync(InMethod(AzureOpenAIBeta, "Azure.AI.OpenAI.OpenAIClient c", call));

    [Theory]
    [InlineData("await {|MAG001:c.CreateResponseAsync(\"hi\")|};")]
    [InlineData("await c.CreateResponseAsync(\"hi\", new() { MaxOutputTokenCount = 300 });")]
    [InlineData("c = new({|MAG002:\"gpt-4o\"|}, \"key\");")]
    public Task Responses_of_a_client_for_one_model(string call) => Verify.InEverySdkAsync(InMethod(ResponsesForOneModel, "OpenAI.Responses.OpenAIResponseClient c", call));
}
