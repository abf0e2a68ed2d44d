namespace Magsag.Analyzers.Tests;

public sealed class AgentFrameworkTests
{
    private static string InMethod(string body) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Microsoft.Agents.AI;
        using Microsoft.Extensions.AI;

        class C
        {
            async Task M(IChatClient c, AIAgent given, ChatClientAgent agent, AgentSession session, ChatOptions options)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("var a = c.AsAIAgent(\"You are helpful\", \"a\"); await {|MAG001:a.RunAsync(\"hi\")|};")]
    [InlineData("var a = new ChatClientAgent(c, instructions: \"x\"); await {|MAG001:a.RunAsync(\"hi\")|};")]
    [InlineData("var a = new ChatClientAgent(c, new ChatClientAgentOptions { ChatOptions = new ChatOptions { Temperature = 0 } }); await {|MAG001:a.RunAsync(\"hi\")|};")]
    [InlineData("AIAgent a = new ChatClientAgent(c); await foreach (var u in {|MAG001:a.RunStreamingAsync(\"hi\")|}) { }")]
    public Task A_run_of_an_agent_without_a_cap_is_underlined(string call) => Verify.InEverySdkAsync(InMethod(call));

    [Theory]
    [InlineData("var a = new ChatClientAgent(c, new ChatClientAgentOptions { ChatOptions = new ChatOptions { MaxOutputTokens = 300 } }); await a.RunAsync(\"hi\");")]
    [InlineData("var a = c.AsAIAgent(new ChatClientAgentOptions { ChatOptions = new() { MaxOutputTokens = 300 } }); await a.RunAsync(\"hi\");")]
    [InlineData("var a = new ChatClientAgent(c); await a.RunAsync(\"hi\", session, new ChatClientAgentRunOptions(new ChatOptions { MaxOutputTokens = 100 }));")]
    [InlineData("var a = new ChatClientAgent(c.AsBuilder().ConfigureOptions(o => o.MaxOutputTokens = 5).Build()); await a.RunAsync(\"hi\");")]
    public Task A_capped_agent_is_left_alone(string call) => Verify.InEverySdkAsync(InMethod(call));

    [Theory]
    [InlineData("await given.RunAsync(\"hi\");")]
    [InlineData("var a = Make(); await a.RunAsync(\"hi\"); AIAgent Make() => throw new Exception();")]
    [InlineData("await agent.RunAsync(\"hi\", session);")]
    [InlineData("var a = new ChatClientAgent(c, new ChatClientAgentOptions { ChatOptions = options }); await a.RunAsync(\"hi\");")]
    public Task An_agent_from_outside_is_left_alone(string call) => Verify.InEverySdkAsync(InMethod(call));

    [Fact]
    public Task Runs_of_one_session_in_a_loop_are_a_conversation() => Verify.InEverySdkAsync(InMethod("""
        string? question = "q";
        foreach (string next in new List<string>())
        {
            await given.RunAsync(next, session);
        }
        """));

    [Fact]
    public Task Runs_in_a_loop_without_a_session_are_underlined() => Verify.InEverySdkAsync(InMethod("""
        foreach (string next in new List<string>())
        {
            await {|MAG003:given.RunAsync(next)|};
        }
        """));

    [Theory]
    [InlineData("var a = new ChatClientAgent(c); await {|MAG001:a.RunAsync(\"hi\")|};", "var a = new ChatClientAgent(c); await a.RunAsync(\"hi\", options: new ChatClientAgentRunOptions(new ChatOptions { MaxOutputTokens = 500 }));")]
    [InlineData("AIAgent a = c.AsAIAgent(\"Be brief.\"); await {|MAG001:a.RunAsync(\"hi\", session)|};", "AIAgent a = c.AsAIAgent(\"Be brief.\"); await a.RunAsync(\"hi\", session, new ChatClientAgentRunOptions(new ChatOptions { MaxOutputTokens = 500 }));")]
    [InlineData("var a = c.AsAIAgent(new ChatClientAgentOptions { Name = \"a\" }); await {|MAG001:a.RunAsync(\"hi\")|};", "var a = c.AsAIAgent(new ChatClientAgentOptions { Name = \"a\", ChatOptions = new ChatOptions { MaxOutputTokens = 500 } }); await a.RunAsync(\"hi\");")]
    public Task The_fix_caps_the_run_or_the_agent(string call, string capped) => Verify.FixInEverySdkAsync<Magsag.Analyzers.CodeFixes.UncappedCallFix>(InMethod(call), InMethod(capped));
}
