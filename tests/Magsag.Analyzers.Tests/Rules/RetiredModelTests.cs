using Magsag.Analyzers.CodeFixes;

namespace Magsag.Analyzers.Tests;

public sealed class RetiredModelTests
{
    private static string Member(string member) => $"class C\n{{\n    {member}\n}}\n";

    [Theory]
    [InlineData("ChatClient Make() => new ChatClient({|MAG009:\"gpt-4\"|}, \"key\");")]
    [InlineData("ChatOptions Make() => new() { ModelId = {|MAG009:\"claude-3-5-sonnet-20241022\"|} };")]
    [InlineData("ChatClient Make() => new ChatClient({|MAG009:\"gpt-4o-minni\"|}, \"key\");")]
    public Task A_retired_model_and_one_that_its_maker_does_not_have_are_underlined(string member) => Verify.DiagnosticsAsync(Member(member));

    [Theory]
    [InlineData("ChatClient Make() => new ChatClient(\"gpt-4o-mini\", \"key\");")]
    [InlineData("ChatClient Make() => new ChatClient(\"our-own-model\", \"key\");")]
    [InlineData("ChatClient Make() => new ChatClient(\"qwen2.5-coder\", \"key\");")]
    public Task Models_that_are_served_and_names_that_may_be_anybodys_are_left_alone(string member) => Verify.DiagnosticsAsync(Member(member));

    [Fact]
    public Task A_name_that_the_team_allows_is_left_alone() => Verify.DiagnosticsAsync(Member("ChatClient Make() => new ChatClient(\"gpt-ours\", \"key\");"), ("magsag.allowed_models", "gpt-ours"));

    [Fact]
    public Task The_fix_names_the_successor() => Verify.FixAsync<ModelNameFix>(
        Member("ChatOptions Make() => new() { ModelId = {|MAG009:\"claude-3-haiku-20240307\"|} };"),
        Member("ChatOptions Make() => new() { ModelId = \"claude-haiku-4-5\" };"));
}
