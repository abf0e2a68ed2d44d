using Magsag.Analyzers.CodeFixes;

namespace Magsag.Analyzers.Tests;

public sealed class SemanticKernelTests
{
    private static string InMethod(string body) =>
        $$"""
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Microsoft.SemanticKernel;
        using Microsoft.SemanticKernel.ChatCompletion;
        using Microsoft.SemanticKernel.Connectors.OpenAI;

        class C
        {
            async Task M(Kernel k, IChatCompletionService s, ChatHistory h, KernelArguments given, PromptExecutionSettings settings, PromptTemplateConfig config)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("await {|MAG001:s.GetChatMessageContentAsync(\"hi\")|};")]
    [InlineData("await {|MAG001:s.GetChatMessageContentsAsync(h, new OpenAIPromptExecutionSettings { Temperature = 0 }, k)|};")]
    [InlineData("await foreach (var part in {|MAG001:s.GetStreamingChatMessageContentsAsync(h, kernel: k)|}) { }")]
    [InlineData("await {|MAG001:k.InvokePromptAsync(\"hi\")|};")]
    [InlineData("await {|MAG001:k.InvokePromptAsync(\"hi {{$x}}\", new KernelArguments { [\"x\"] = 1 })|};")]
    [InlineData("await {|MAG001:k.InvokePromptAsync<string>(\"hi\", new(new OpenAIPromptExecutionSettings { Temperature = 0 }))|};")]
    public Task A_call_without_a_cap_is_underlined(string call) => Verify.InEverySdkAsync(InMethod(call));

    [Theory]
    [InlineData("await s.GetChatMessageContentAsync(\"hi\", new OpenAIPromptExecutionSettings { MaxTokens = 50 });")]
    [InlineData("await k.InvokePromptAsync(\"hi\", new(new OpenAIPromptExecutionSettings { MaxTokens = 100 }));")]
    [InlineData("await k.InvokePromptAsync(\"hi\", new(new OpenAIPromptExecutionSettings { MaxTokens = 100 }) { [\"x\"] = 1 });")]
    public Task A_capped_call_is_left_alone(string call) => Verify.InEverySdkAsync(InMethod(call));

    [Theory]
    [InlineData("await s.GetChatMessageContentAsync(\"hi\", settings);")]
    [InlineData("await k.InvokePromptAsync(\"hi\", given);")]
    [InlineData("var a = new KernelArguments { [\"x\"] = 1 }; a.ExecutionSettings = given.ExecutionSettings; await k.InvokePromptAsync(\"hi\", a);")]
    [InlineData("await k.InvokePromptAsync(\"hi\", new(settings));")]
    [InlineData("await k.InvokePromptAsync(\"hi\", promptTemplateConfig: config);")]
    [InlineData("await k.InvokePromptAsync(\"hi\", new(new PromptExecutionSettings { ExtensionData = new Dictionary<string, object> { [\"max_tokens\"] = 100 } }));")]
    [InlineData("await k.InvokePromptAsync(\"hi\", new KernelArguments { ExecutionSettings = new Dictionary<string, PromptExecutionSettings>() });")]
    public Task What_cannot_be_known_is_left_alone(string call) => Verify.InEverySdkAsync(InMethod(call));

    [Fact]
    public Task A_premium_model_is_underlined_where_the_service_is_added() =>
        Verify.InEverySdkAsync(InMethod("Kernel.CreateBuilder().AddOpenAIChatCompletion({|MAG002:\"gpt-4o\"|}, \"key\").Build();"));

    [Fact]
    public Task The_fix_keeps_arguments_that_it_cannot_see() => Verify.FixInEverySdkAsync<UncappedCallFix>(
        InMethod("var a = given is null ? new KernelArguments { [\"x\"] = 1 } : new KernelArguments { [\"y\"] = 1 }; await {|MAG001:k.InvokePromptAsync(\"hi\", a)|};"),
        InMethod("var a = given is null ? new KernelArguments { [\"x\"] = 1 } : new KernelArguments { [\"y\"] = 1 }; await {|MAG001:k.InvokePromptAsync(\"hi\", a)|};"));

    [Theory]
    [InlineData("await {|MAG001:s.GetChatMessageContentAsync(\"hi\")|};", "await s.GetChatMessageContentAsync(\"hi\", new OpenAIPromptExecutionSettings { MaxTokens = 500 });")]
    [InlineData("await {|MAG001:k.InvokePromptAsync(\"hi\")|};", "await k.InvokePromptAsync(\"hi\", new KernelArguments(new OpenAIPromptExecutionSettings { MaxTokens = 500 }));")]
    [InlineData("await {|MAG001:k.InvokePromptAsync(\"hi\", new KernelArguments { [\"x\"] = 1 })|};", "await k.InvokePromptAsync(\"hi\", new KernelArguments(new OpenAIPromptExecutionSettings { MaxTokens = 500 }) { [\"x\"] = 1 });")]
    [InlineData("await {|MAG001:k.InvokePromptAsync(\"hi\", new() { [\"x\"] = 1 })|};", "await k.InvokePromptAsync(\"hi\", new(new OpenAIPromptExecutionSettings { MaxTokens = 500 }) { [\"x\"] = 1 });")]
    [InlineData("var a = new KernelArguments { [\"x\"] = 1 }; await {|MAG001:k.InvokePromptAsync(\"hi\", a)|};", "var a = new KernelArguments(new OpenAIPromptExecutionSettings { MaxTokens = 500 }) { [\"x\"] = 1 }; await k.InvokePromptAsync(\"hi\", a);")]
    [InlineData("await {|MAG001:k.InvokePromptAsync(\"hi\", new(new PromptExecutionSettings { ModelId = \"m\" }))|};", "await k.InvokePromptAsync(\"hi\", new(new PromptExecutionSettings { ModelId = \"m\", ExtensionData = new Dictionary<string, object> { [\"max_tokens\"] = 500 } }));")]
    [InlineData("var f = k.CreateFunctionFromPrompt(\"hi\"); await {|MAG001:k.InvokeAsync(f)|};", "var f = k.CreateFunctionFromPrompt(\"hi\"); await k.InvokeAsync(f, new KernelArguments(new OpenAIPromptExecutionSettings { MaxTokens = 500 }));")]
    public Task The_fix_passes_settings(string call, string capped) => Verify.FixInEverySdkAsync<UncappedCallFix>(InMethod(call), InMethod(capped));
}
