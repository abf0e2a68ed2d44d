namespace Magsag.Analyzers.Tests;

/// <summary>The surprises of the SDKs, one test each.</summary>
public sealed class TrapTests
{
    private static string InMethod(string body, string parameters) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;
        #pragma warning disable CS0618, MEAI001, OPENAI001, SCME0001, SKEXP0010, SKEXP0110, MAAI001

        class C
        {
            async Task M({{parameters}})
            {
                await Task.Yield();
                {{body}}
            }
        }
        """;

    [Fact]
    public Task Two_assemblies_that_declare_the_same_public_type_hide_nothing() => Verify.InEverySdkAsync(InMethod("await {|MAG001:c.GetResponseAsync(\"hi\")|};", "IChatClient c"));

    [Fact]
    public Task Overloads_without_options_are_calls() => Verify.InEverySdkAsync(InMethod("{|MAG001:c.CompleteChat(\"hi\")|};", "OpenAI.Chat.ChatClient c"));

    [Theory]
    [InlineData("c.Messages.Create(new() { MaxTokens = 10, Model = {|MAG002:\"claude-opus-4-5\"|}, Messages = [] })", "Anthropic.AnthropicClient c")]
    [InlineData("c.Messages.Create(new() { MaxTokens = 10, Model = {|MAG002:Anthropic.Models.Messages.Model.ClaudeOpus4_5|}, Messages = [] })", "Anthropic.AnthropicClient c")]
    public Task Implicit_conversions_hide_no_constant(string call, string parameters) => Verify.InEverySdkAsync(InMethod($"await {call};", parameters));

    [Theory]
    [InlineData("var o = new OpenAI.Chat.ChatCompletionOptions(); o.Patch.Set(\"$.max_completion_tokens\"u8, 10); c.CompleteChat([], o);", "OpenAI.Chat.ChatClient c")]
    [InlineData("await c.GetResponseAsync(\"hi\", new ChatOptions { RawRepresentationFactory = _ => null });", "IChatClient c")]
    [InlineData("await Microsoft.SemanticKernel.ChatCompletion.ChatCompletionServiceExtensions.GetChatMessageContentAsync(k, \"hi\", new Microsoft.SemanticKernel.Connectors.OpenAI.OpenAIPromptExecutionSettings { ExtraBody = new Dictionary<string, object?>() });", "Microsoft.SemanticKernel.ChatCompletion.IChatCompletionService k")]
    [InlineData("var o = new Azure.AI.Inference.ChatCompletionsOptions(); o.AdditionalProperties[\"x\"] = BinaryData.FromString(\"1\"); await c.CompleteAsync(o);", "Azure.AI.Inference.ChatCompletionsClient c")]
    [InlineData("await c.Messages.Create(Anthropic.Models.Messages.MessageCreateParams.FromRawUnchecked(h, q, b));", "Anthropic.AnthropicClient c, IReadOnlyDictionary<string, System.Text.Json.JsonElement> h, IReadOnlyDictionary<string, System.Text.Json.JsonElement> q, IReadOnlyDictionary<string, System.Text.Json.JsonElement> b")]
    [InlineData("c.CompleteChat(System.ClientModel.BinaryContent.Create(BinaryData.FromString(\"{}\")));", "OpenAI.Chat.ChatClient c")]
    public Task Escape_hatches_make_silent(string body, string parameters) => Verify.InEverySdkAsync(InMethod(body, parameters));

    [Theory]
    [InlineData("await Microsoft.Extensions.AI.AnthropicClientExtensions.AsIChatClient(a, \"claude-haiku-4-5\", 300).GetResponseAsync(\"hi\");", "Anthropic.IAnthropicClient a")]
    [InlineData("await c.AsBuilder().ConfigureOptions(o => o.MaxOutputTokens ??= 5).Build().GetResponseAsync(\"hi\");", "IChatClient c")]
    [InlineData("await new Microsoft.Agents.AI.ChatClientAgent(c, new Microsoft.Agents.AI.ChatClientAgentOptions { ChatOptions = new() { MaxOutputTokens = 5 } }).RunAsync(\"hi\");", "IChatClient c")]
    public Task Defaults_that_are_set_elsewhere_count(string body, string parameters) => Verify.InEverySdkAsync(InMethod(body, parameters));

    [Theory]
    [InlineData("var r = new SummarizingChatReducer(c, 10, null);", "IChatClient c")]
    [InlineData("var r = new Microsoft.SemanticKernel.ChatCompletion.ChatHistorySummarizationReducer(s, 10);", "Microsoft.SemanticKernel.ChatCompletion.IChatCompletionService s")]
    public Task Calls_that_a_library_makes_itself_are_not_the_codes_fault(string body, string parameters) => Verify.InEverySdkAsync(InMethod(body, parameters));

    [Theory]
    [InlineData("c.AsBuilder().{|MAG011:UseFunctionInvocation|}().Build();", "IChatClient c")]
    [InlineData("var s = new Microsoft.SemanticKernel.Connectors.OpenAI.OpenAIPromptExecutionSettings { FunctionChoiceBehavior = Microsoft.SemanticKernel.FunctionChoiceBehavior.Auto() };", "IChatClient c")]
    public Task Tool_loops_are_underlined_where_code_can_cap_them(string body, string parameters) => Verify.InEverySdkAsync(InMethod(body, parameters));

    [Fact]
    public Task A_client_that_implements_the_interface_explicitly_is_told_by_its_own_type() => Verify.InEverySdkAsync(InMethod("await c.GetResponseAsync(\"hi\");", "OllamaSharp.OllamaApiClient c"));

    [Theory]
    [InlineData("var f = k.CreateFunctionFromPrompt(\"hi\"); await {|MAG001:k.InvokeAsync(f)|};")]
    [InlineData("var f = k.CreateFunctionFromPrompt(\"hi\"); await {|MAG001:f.InvokeAsync(k)|};")]
    [InlineData("var f = k.CreateFunctionFromPrompt(\"hi\", new Microsoft.SemanticKernel.Connectors.OpenAI.OpenAIPromptExecutionSettings { MaxTokens = 5 }); await k.InvokeAsync(f);")]
    [InlineData("var f = k.CreateFunctionFromPrompt(new PromptTemplateConfig(\"hi\")); await k.InvokeAsync(f);")]
    [InlineData("var f = k.CreateFunctionFromPrompt(\"hi\"); await k.InvokeAsync(f, new(new Microsoft.SemanticKernel.Connectors.OpenAI.OpenAIPromptExecutionSettings { MaxTokens = 5 }));")]
    [InlineData("var f = KernelFunctionFactory.CreateFromMethod(() => 1); await k.InvokeAsync(f);")]
    [InlineData("await k.InvokeAsync(given);")]
    [InlineData("await k.InvokeAsync(\"plugin\", \"function\");")]
    public Task A_function_is_a_call_when_it_was_made_from_a_prompt(string body) =>
        Verify.InEverySdkAsync("using Microsoft.SemanticKernel;\n" + InMethod(body, "Kernel k, KernelFunction given"));

    [Theory]
    [InlineData("Kernel k = Kernel.CreateBuilder().AddOpenAIChatCompletion(\"gpt-4o-mini\", \"key\").Build(); await {|MAG001:k.InvokePromptAsync(\"hi\")|};")]
    [InlineData("var b = Kernel.CreateBuilder(); b.AddOpenAIChatCompletion(\"gpt-4o-mini\", \"key\"); var k = b.Build(); await {|MAG001:k.InvokePromptAsync(\"hi\")|};")]
    [InlineData("var b = Kernel.CreateBuilder(); b.AddOpenAIChatCompletion(\"gpt-4o-mini\", \"key\"); Other(b); var k = b.Build(); await k.InvokePromptAsync(\"hi\"); void Other(IKernelBuilder x) { Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<IChatClient>(x.Services, new OllamaSharp.OllamaApiClient(\"http://localhost:11434\", \"phi4\")); }")]
    [InlineData("Kernel k = Kernel.CreateBuilder().AddOpenAIChatCompletion(\"phi\", new Uri(\"http://localhost:1234\"), \"key\").Build(); await k.InvokePromptAsync(\"hi\");")]
    [InlineData("Kernel k = Kernel.CreateBuilder().AddOpenAIChatCompletion(\"phi\", new Uri(other.ToString()!), \"key\").Build(); await k.InvokePromptAsync(\"hi\");")]
    [InlineData("Kernel k = Kernel.CreateBuilder().AddOpenAIChatCompletion(\"gpt-4o-mini\", new Uri(\"https://elsewhere.example\"), \"key\").Build(); await {|MAG001:k.InvokePromptAsync(\"hi\")|};")]
    public Task A_kernel_is_followed_to_its_builder_where_the_project_makes_free_clients_too(string body) =>
        Verify.InEverySdkAsync("using Microsoft.SemanticKernel;\n" + InMethod(body, "IChatClient other") + "\nclass Local { object M() => new OllamaSharp.OllamaApiClient(\"http://localhost:11434\", \"phi4\"); }\n");

    [Theory]
    [InlineData("var chat = new OpenAI.Chat.ChatClient(model, new System.ClientModel.ApiKeyCredential(\"k\"), new OpenAI.OpenAIClientOptions { Endpoint = new Uri(server) }); chat.CompleteChat(\"hi\");")]
    [InlineData("var chat = new OpenAI.Chat.ChatClient(model, new System.ClientModel.ApiKeyCredential(\"k\"), new OpenAI.OpenAIClientOptions { Endpoint = new Uri(\"https://models.example.com\") }); {|MAG001:chat.CompleteChat(\"hi\")|};")]
    [InlineData("var chat = new OpenAI.Chat.ChatClient(\"gpt-4o-mini\", new System.ClientModel.ApiKeyCredential(\"k\"), new OpenAI.OpenAIClientOptions { Endpoint = new Uri(server) }); {|MAG001:chat.CompleteChat(\"hi\")|};")]
    public Task A_server_that_is_named_elsewhere_may_be_on_the_machine_itself(string body) => Verify.InEverySdkAsync(InMethod(body, "string server, string model"));
}
