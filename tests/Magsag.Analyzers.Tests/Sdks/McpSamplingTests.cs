namespace Magsag.Analyzers.Tests;

public sealed class McpSamplingTests
{
    private static string InMethod(string body) =>
        $$"""
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;
        using ModelContextProtocol.Protocol;
        using ModelContextProtocol.Server;
        #pragma warning disable MCP9005, CS0618

        class C
        {
            async Task M(McpServer server, ChatMessage message)
            {
                {{body}}
            }
        }
        """;

    [Fact]
    public Task A_sampling_cap_that_limits_nothing_is_underlined() =>
        Verify.InEverySdkAsync(InMethod("await {|MAG001:server.SampleAsync(new CreateMessageRequestParams { MaxTokens = 100_000, Messages = [] })|};"));

    [Theory]
    [InlineData("await server.SampleAsync(new CreateMessageRequestParams { MaxTokens = 100, Messages = [] });")]
    [InlineData("await server.SampleAsync([message]);")]
    public Task A_sampling_cap_or_the_servers_default_is_left_alone(string call) => Verify.InEverySdkAsync(InMethod(call));
}
