using Magsag.Analyzers.CodeFixes;

namespace Magsag.Analyzers.Tests;

public sealed class AzureInferenceTests
{
    private static string InMethod(string body) =>
        $$"""
        using System;
        using System.Threading.Tasks;
        using Azure.AI.Inference;

        class C
        {
            async Task M(ChatCompletionsClient c, ChatCompletionsOptions given)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("await {|MAG001:c.CompleteAsync(new ChatCompletionsOptions([new ChatRequestUserMessage(\"hi\")]))|};")]
    [InlineData("{|MAG001:c.Complete(new ChatCompletionsOptions { Messages = [new ChatRequestUserMessage(\"hi\")], Model = \"Phi-4-mini\" })|};")]
    [InlineData("await {|MAG001:c.CompleteStreamingAsync(new() { Messages = [new ChatRequestUserMessage(\"hi\")] })|};")]
    public Task A_request_without_a_cap_is_underlined(string call) => Verify.InEverySdkAsync(InMethod(call));

    [Theory]
    [InlineData("await c.CompleteAsync(given);")]
    [InlineData("await c.CompleteAsync(new() { MaxTokens = 10, Messages = [] });")]
    [InlineData("var o = new ChatCompletionsOptions(); o.AdditionalProperties[\"max_completion_tokens\"] = BinaryData.FromString(\"5\"); await c.CompleteAsync(o);")]
    public Task A_request_that_is_capped_or_not_known_is_left_alone(string call) => Verify.InEverySdkAsync(InMethod(call));

    [Fact]
    public Task A_premium_model_is_underlined() =>
        Verify.InEverySdkAsync(InMethod("await c.CompleteAsync(new() { MaxTokens = 10, Model = {|MAG002:\"gpt-4o\"|} });"));

    [Fact]
    public Task The_fix_sets_the_cap_in_the_request() => Verify.FixInEverySdkAsync<UncappedCallFix>(
        InMethod("await {|MAG001:c.CompleteAsync(new ChatCompletionsOptions([new ChatRequestUserMessage(\"hi\")]))|};"),
        InMethod("await c.CompleteAsync(new ChatCompletionsOptions([new ChatRequestUserMessage(\"hi\")]) { MaxTokens = 500 });"));
}
