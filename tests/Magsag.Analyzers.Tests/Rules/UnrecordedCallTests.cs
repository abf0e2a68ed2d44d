using Magsag.Analyzers.CodeFixes;

namespace Magsag.Analyzers.Tests;

public sealed class UnrecordedCallTests
{
    private const string Runtime = """

        namespace Magsag.Runtime
        {
            public sealed class CostTrackingOptions;
        }

        namespace Microsoft.Extensions.AI
        {
            public static class CostTrackingBuilderExtensions
            {
                public static ChatClientBuilder UseCostTracking(this ChatClientBuilder builder) => builder;
            }
        }

        """;

    private static string Class(string members) => $"class C\n{{\n    {members}\n}}\n";

    [Theory]
    [InlineData("private readonly IChatClient _c = new ChatClient(\"gpt-4o-mini\", \"key\").AsIChatClient(); Task M(ChatOptions o) => {|MAG010:_c.GetResponseAsync(\"hi\", o)|};")]
    [InlineData("private readonly IChatClient _c = new ChatClient(\"gpt-4o-mini\", \"key\").AsIChatClient().AsBuilder().UseLogging().Build(); Task M(ChatOptions o) => {|MAG010:_c.GetResponseAsync(\"hi\", o)|};")]
    public Task A_call_through_a_pipeline_without_a_recorder_is_underlined(string members) => Verify.DiagnosticsAsync(Class(members) + Runtime);

    [Theory]
    [InlineData("private readonly IChatClient _c = new ChatClient(\"gpt-4o-mini\", \"key\").AsIChatClient().AsBuilder().UseCostTracking().Build(); Task M(ChatOptions o) => _c.GetResponseAsync(\"hi\", o);")]
    [InlineData("Task M(IChatClient c, ChatOptions o) => c.GetResponseAsync(\"hi\", o);")]
    public Task A_recorded_call_and_a_client_from_outside_are_left_alone(string members) => Verify.DiagnosticsAsync(Class(members) + Runtime);

    [Theory]
    [InlineData("AddCostTracking")]
    [InlineData("CostTrackingHandler")]
    [InlineData("CostTrackingListener")]
    public Task A_project_that_records_requests_below_its_pipelines_is_left_alone(string recorder) => Verify.DiagnosticsAsync(
        Class($"private readonly IChatClient _c = new ChatClient(\"gpt-4o-mini\", \"key\").AsIChatClient(); Task M(ChatOptions o) => _c.GetResponseAsync(\"hi\", o); void {recorder}() {{ }}") + Runtime);

    [Fact]
    public Task Without_the_recorder_there_is_silence() =>
        Verify.DiagnosticsAsync(Class("private readonly IChatClient _c = new ChatClient(\"gpt-4o-mini\", \"key\").AsIChatClient(); Task M(ChatOptions o) => _c.GetResponseAsync(\"hi\", o);"));

    [Fact]
    public Task The_fix_adds_the_recorder_to_a_client() => Verify.FixAsync<UnrecordedCallFix>(
        Class("private readonly IChatClient _c = new ChatClient(\"gpt-4o-mini\", \"key\").AsIChatClient(); Task M(ChatOptions o) => {|MAG010:_c.GetResponseAsync(\"hi\", o)|};") + Runtime,
        Class("private readonly IChatClient _c = new ChatClient(\"gpt-4o-mini\", \"key\").AsIChatClient().AsBuilder().UseCostTracking().Build(); Task M(ChatOptions o) => _c.GetResponseAsync(\"hi\", o);") + Runtime);

    [Fact]
    public Task The_fix_adds_the_recorder_to_a_pipeline() => Verify.FixAsync<UnrecordedCallFix>(
        Class("private readonly IChatClient _c = new ChatClient(\"gpt-4o-mini\", \"key\").AsIChatClient().AsBuilder().UseLogging().Build(); Task M(ChatOptions o) => {|MAG010:_c.GetResponseAsync(\"hi\", o)|};") + Runtime,
        Class("private readonly IChatClient _c = new ChatClient(\"gpt-4o-mini\", \"key\").AsIChatClient().AsBuilder().UseLogging().UseCostTracking().Build(); Task M(ChatOptions o) => _c.GetResponseAsync(\"hi\", o);") + Runtime);
}
