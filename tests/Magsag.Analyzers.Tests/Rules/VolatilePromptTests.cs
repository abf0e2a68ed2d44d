using Magsag.Analyzers.CodeFixes;

namespace Magsag.Analyzers.Tests;

public sealed class VolatilePromptTests
{
    private const string Stable = "You answer questions about orders. Be brief and friendly. Never promise a refund. When you don't know the answer, say so and offer to hand over to a person. Answer in the language of the question, and never in more than three sentences.";

    private static string Member(string member) => $"class C\n{{\n    {member}\n}}\n";

    [Theory]
    [InlineData("ChatMessage M() => new(ChatRole.System, $\"It is {|MAG006:{DateTime.Now}|}. " + Stable + "\");")]
    [InlineData("ChatOptions M() => new() { Instructions = $\"It is {|MAG006:{DateTimeOffset.UtcNow:O}|}. " + Stable + "\" };")]
    [InlineData("SystemChatMessage M() => new SystemChatMessage($\"Request {|MAG006:{Guid.NewGuid()}|}. " + Stable + "\");")]
    [InlineData("void M(CreateResponseOptions o) => o.Instructions = $\"Today is {|MAG006:{DateTime.Today.ToShortDateString()}|}. " + Stable + "\";")]
    public Task What_changes_with_every_call_ahead_of_a_stable_prompt_is_underlined(string member) => Verify.DiagnosticsAsync(Member(member));

    [Theory]
    [InlineData("ChatMessage M() => new(ChatRole.System, $\"" + Stable + " It is {DateTime.Now}.\");")]
    [InlineData("ChatMessage M() => new(ChatRole.System, $\"It is {DateTime.Now}. Be brief.\");")]
    [InlineData("ChatMessage M() => new(ChatRole.User, $\"It is {DateTime.Now}. " + Stable + "\");")]
    [InlineData("ChatMessage M(string tenant) => new(ChatRole.System, $\"You work for {tenant}. " + Stable + "\");")]
    [InlineData("string M() => $\"It is {DateTime.Now}. " + Stable + "\";")]
    [InlineData("void M(DateTime Now) => Console.WriteLine($\"It is {Now}. " + Stable + "\");")]
    public Task What_stands_at_the_end_or_is_no_system_prompt_is_left_alone(string member) => Verify.DiagnosticsAsync(Member(member));

    [Fact]
    public Task The_fix_moves_the_sentence_to_the_end() => Verify.FixAsync<VolatilePromptFix>(
        Member("ChatMessage M(int n) => new(ChatRole.System, $\"It is {|MAG006:{DateTime.Now:O}|} now. " + Stable + " At most {n} words.\");"),
        Member("ChatMessage M(int n) => new(ChatRole.System, $\"" + Stable + " At most {n} words. It is {DateTime.Now:O} now.\");"));

    [Fact]
    public Task A_hole_in_the_middle_of_the_text_has_no_fix() => Verify.NoFixAsync<VolatilePromptFix>(
        Member("ChatMessage M() => new(ChatRole.System, $\"You are a clerk. It is {|MAG006:{DateTime.Now}|}. " + Stable + "\");"));
}
