using Magsag.Analyzers.CodeFixes;

namespace Magsag.Analyzers.Tests;

public sealed class RetiredModelTests
{
    private static string Member(string member) => $"class C\n{{\n    {member}\n}}\n";

    [Theory]
    [InlineData("ChatClient Make() => new ChatClient({|MAG002:{|MAG009:\"o1-preview\"|}|}, \"key\");")]
    [InlineData("ChatOptions Make() => new() { ModelId = {|MAG002:{|MAG009:\"claude-3-5-sonnet-20241022\"|}|} };")]
    [InlineData("ChatClient Make() => new ChatClient({|MAG009:\"gpt-4o-minni\"|}, \"key\");")]
    public Task A_retired_model_and_one_that_its_maker_does_not_have_are_underlined(string member) => Verify.DiagnosticsAsync(Member(member));

    [Theory]
    [InlineData("ChatClient Make() => new ChatClient(\"gpt-4o-mini\", \"key\");")]
    [InlineData("ChatClient Make() => new ChatClient(\"our-own-model\", \"key\");")]
    [InlineData("ChatClient Make() => new ChatClient(\"qwen2.5-coder\", \"key\");")]
    public Task Models_that_are_served_and_names_that_may_be_anybodys_are_left_alone(string member) => Verify.DiagnosticsAsync(Member(member));

    [Fact]
    public Task An_announced_retirement_is_told_with_its_day() => Verify.MessageAsync(
        Member("ChatClient Make() => new ChatClient({|#0:\"gpt-4o\"|}, \"key\");"),
        "MAG009",
        "gpt-4o will be retired on 2027-01-14; its successor is gpt-6-luna ($0.10/$0.50 against $2.50/$10.00 per million tokens)",
        ("magsag.allowed_models", "gpt-4o"),
        ("magsag.retirement_notice_days", "180"));

    [Fact]
    public Task A_retired_model_that_was_premium_is_named_as_both() =>
        Verify.DiagnosticsAsync(Member("ChatClient Make() => new ChatClient({|MAG002:{|MAG009:\"gpt-4-turbo\"|}|}, \"key\");"));

    [Fact]
    public Task That_a_model_is_dear_is_graver_than_its_announced_retirement() =>
        Verify.DiagnosticsAsync(Member("ChatClient Make() => new ChatClient({|MAG002:\"gpt-4o\"|}, \"key\");"), ("magsag.retirement_notice_days", "180"));

    [Theory]
    [InlineData("44", "\"gpt-4o-mini\"")]
    [InlineData("45", "{|MAG009:\"gpt-4o-mini\"|}")]
    public Task A_team_says_how_long_before_it_wants_to_know_counted_from_the_catalogues_date(string days, string model) =>
        Verify.DiagnosticsAsync(Member($"ChatClient Make() => new ChatClient({model}, \"key\");"), ("magsag.retirement_notice_days", days));

    [Fact]
    public void No_rule_asks_what_day_it_is() => Assert.Empty(ClockReads.In(typeof(LlmCallAnalyzer).Assembly));

    [Fact]
    public Task A_name_that_the_team_allows_is_left_alone() => Verify.DiagnosticsAsync(Member("ChatClient Make() => new ChatClient(\"gpt-ours\", \"key\");"), ("magsag.allowed_models", "gpt-ours"));

    [Fact]
    public Task The_fix_names_the_successor() => Verify.FixAsync<ModelNameFix>(
        Member("ChatOptions Make() => new() { ModelId = {|MAG009:\"claude-3-haiku-20240307\"|} };"),
        Member("ChatOptions Make() => new() { ModelId = \"claude-haiku-4-5\" };"));

    [Theory]
    [InlineData("gpt-3.5-turbo")]
    [InlineData("o4-mini")]
    public Task A_premium_successor_of_a_model_that_cost_less_is_named_and_not_offered(string model)
    {
        string source = Member($"ChatOptions Make() => new() {{ ModelId = {{|MAG009:\"{model}\"|}} }};");
        return Verify.FixAsync<ModelNameFix>(source, source, ("magsag.retirement_notice_days", "180"));
    }

    [Fact]
    public Task The_successor_is_the_first_one_whose_end_is_not_announced() => Verify.MessageAsync(
        Member("ChatClient Make() => new ChatClient({|#0:\"o1-mini\"|}, \"key\");"),
        "MAG009",
        "o1-mini was retired on 2025-10-27; its successor is gpt-5.6-terra ($2.00/$12.00 against $1.10/$4.40 per million tokens)");
}
