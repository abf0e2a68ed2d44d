using Magsag.Analyzers.CodeFixes;

namespace Magsag.Analyzers.Tests;

public sealed class AnthropicTests
{
    private static string InMethod(string body) =>
        $$"""
        using System.Threading.Tasks;
        using Anthropic;
        using Anthropic.Models.Messages;
        using Microsoft.Extensions.AI;
        #pragma warning disable CS0618

        class C
        {
            async Task M(AnthropicClient c, IAnthropicClient i, MessageCreateParams given)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("await {|MAG001:c.Messages.Create(new MessageCreateParams { MaxTokens = 128_000, Model = Model.ClaudeHaiku4_5, Messages = [new UserMessageParam { Content = \"hi\" }] })|};")]
    [InlineData("await {|MAG001:i.Messages.Create(new() { MaxTokens = 8000, Model = \"claude-haiku-4-5\", Messages = [] })|};")]
    [InlineData("await foreach (var e in {|MAG001:c.Messages.CreateStreaming(new() { MaxTokens = 64000, Model = \"claude-haiku-4-5\", Messages = [] })|}) { }")]
    [InlineData("await {|MAG001:c.Beta.Messages.Create(new() { MaxTokens = 64000, Model = \"claude-haiku-4-5\", Messages = [] })|};")]
    public Task A_cap_that_limits_nothing_is_underlined(string call) => Verify.InEverySdkAsync(InMethod(call));

    [Theory]
    [InlineData("await c.Messages.Create(new() { MaxTokens = 7999, Model = \"claude-haiku-4-5\", Messages = [] });")]
    [InlineData("await c.Messages.Create(given);")]
    [InlineData("await c.Messages.Create(given with { MaxTokens = 300 });")]
    [InlineData("int most = System.Environment.TickCount; await c.Messages.Create(new() { MaxTokens = most, Model = \"claude-haiku-4-5\", Messages = [] });")]
    [InlineData("await c.Messages.CountTokens(new() { Model = \"claude-haiku-4-5\", Messages = [] });")]
    public Task A_cap_that_limits_or_is_not_known_is_left_alone(string call) => Verify.InEverySdkAsync(InMethod(call));

    [Fact]
    public Task The_number_from_which_on_a_cap_limits_nothing_follows_the_teams_cap() =>
        Verify.InEverySdkAsync(InMethod("await c.Messages.Create(new() { MaxTokens = 20_000, Model = \"claude-haiku-4-5\", Messages = [] });"), ("magsag.max_output_tokens", "2000"));

    [Theory]
    [InlineData("await c.Messages.Create(new() { MaxTokens = 10, Model = {|MAG002:Model.ClaudeOpus4_5|}, Messages = [] });")]
    [InlineData("await c.Messages.Create(new() { MaxTokens = 10, Model = {|MAG002:\"claude-opus-4-5\"|}, Messages = [] });")]
    public Task A_premium_model_is_underlined_as_a_text_and_as_a_member_of_the_enumeration(string call) => Verify.InEverySdkAsync(InMethod(call));

    [Fact]
    public Task The_adapter_caps_by_itself() => Verify.InEverySdkAsync(InMethod("await c.AsIChatClient(\"claude-haiku-4-5\").GetResponseAsync(\"hi\");"));

    [Fact]
    public Task The_fix_sets_the_teams_cap() => Verify.FixInEverySdkAsync<UncappedCallFix>(
        InMethod("await {|MAG001:c.Messages.Create(new() { MaxTokens = 128_000, Model = \"claude-haiku-4-5\", Messages = [] })|};"),
        InMethod("await c.Messages.Create(new() { MaxTokens = 500, Model = \"claude-haiku-4-5\", Messages = [] });"));
}
