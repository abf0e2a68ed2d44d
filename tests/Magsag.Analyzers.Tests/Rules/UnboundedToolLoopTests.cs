using Magsag.Analyzers.CodeFixes;

namespace Magsag.Analyzers.Tests;

public sealed class UnboundedToolLoopTests
{
    private static string Member(string member) => $"class C\n{{\n    {member}\n}}\n";

    [Theory]
    [InlineData("IChatClient M(IChatClient c) => c.AsBuilder().{|MAG011:UseFunctionInvocation|}().Build();")]
    [InlineData("IChatClient M(IChatClient c, Microsoft.Extensions.Logging.ILoggerFactory l) => c.AsBuilder().{|MAG011:UseFunctionInvocation|}(l).Build();")]
    public Task A_tool_loop_without_a_cap_is_underlined(string member) => Verify.DiagnosticsAsync(Member(member));

    [Theory]
    [InlineData("IChatClient M(IChatClient c) => c.AsBuilder().UseFunctionInvocation(configure: f => f.MaximumIterationsPerRequest = 5).Build();")]
    [InlineData("IChatClient M(IChatClient c, Action<FunctionInvokingChatClient> a) => c.AsBuilder().UseFunctionInvocation(null, a).Build();")]
    public Task A_configured_tool_loop_is_left_alone(string member) => Verify.DiagnosticsAsync(Member(member));

    [Fact]
    public Task Anthropics_tool_runner_has_no_cap_at_all() => Verify.InEverySdkAsync("""
        using System.Collections.Generic;
        using Anthropic;
        using Anthropic.Helpers.Beta;
        using Anthropic.Models.Beta.Messages;

        class C
        {
            BetaToolRunner Bad(AnthropicClient c, MessageCreateParams p, IReadOnlyList<IBetaRunnableTool> tools) => c.Beta.Messages.{|MAG011:ToolRunner|}(p, tools);
            BetaToolRunner Good(AnthropicClient c, MessageCreateParams p, IReadOnlyList<IBetaRunnableTool> tools) => c.Beta.Messages.ToolRunner(p, tools, maxIterations: 5);
        }
        """);

    [Fact]
    public Task The_fix_caps_the_rounds() => Verify.FixAsync<UnboundedToolLoopFix>(
        Member("IChatClient M(IChatClient c) => c.AsBuilder().{|MAG011:UseFunctionInvocation|}().Build();"),
        Member("IChatClient M(IChatClient c) => c.AsBuilder().UseFunctionInvocation(configure: loop => loop.MaximumIterationsPerRequest = 10).Build();"));
}
