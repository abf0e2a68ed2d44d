using Magsag.Analyzers.CodeFixes;

namespace Magsag.Analyzers.Tests;

public sealed class InvariantCallTests
{
    private const string Options = "new ChatOptions { MaxOutputTokens = 5 }";

    private static string InMethod(string body) =>
        $$"""
        class C
        {
            async Task M(IChatClient c, List<string> items, Queue<string> rows, string topic)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("foreach (var x in items) await {|MAG020:c.GetResponseAsync(\"the same\", " + Options + ")|};")]
    [InlineData("foreach (var x in items) { const string prompt = \"the same\"; await {|MAG020:c.GetResponseAsync(prompt, " + Options + ")|}; }")]
    [InlineData("foreach (var x in items) await {|MAG020:c.GetResponseAsync(topic.Trim(), " + Options + ")|};")]
    [InlineData("for (int i = 0; i < items.Count; i++) { var rules = await {|MAG020:c.GetResponseAsync(\"the same\", " + Options + ")|}; Console.WriteLine(items[i] + rules.Text); }")]
    [InlineData("while (rows.TryDequeue(out var row)) Console.WriteLine(row + await {|MAG020:c.GetResponseAsync(\"the same\", " + Options + ")|});")]
    [InlineData("await Task.WhenAll(items.Select(async x => x + await {|MAG020:c.GetResponseAsync(\"the same\", " + Options + ")|}));")]
    [InlineData("foreach (var x in items) Console.WriteLine(x + await RulesAsync(topic)); async Task<string> RulesAsync(string kind) => (await {|MAG020:c.GetResponseAsync(\"Rules: \" + kind, " + Options + ")|}).Text;")]
    public Task The_same_question_for_every_item_is_underlined(string loop) => Verify.DiagnosticsAsync(InMethod(loop));

    [Theory]
    [InlineData("for (int i = 0; i < items.Count; i++) await c.GetResponseAsync(\"Tell a joke\", " + Options + ");")]
    [InlineData("while (true) { await c.GetResponseAsync(\"Is it done?\", " + Options + "); await Task.Delay(1000); }")]
    [InlineData("while (items.Count < 20) items.Add((await c.GetResponseAsync(\"Invent a question\", " + Options + ")).Text);")]
    [InlineData("await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => c.GetResponseAsync(\"Invent a question\", " + Options + ")));")]
    [InlineData("foreach (var x in items) await c.GetResponseAsync(DateTime.Now.ToString(), " + Options + ");")]
    [InlineData("string last = \"\"; foreach (var x in items) { last = (await c.GetResponseAsync(last, " + Options + ")).Text; }")]
    [InlineData("foreach (var x in items) await c.GetResponseAsync(next(), " + Options + "); string next() => topic + Environment.TickCount;")]
    public Task Sampling_polling_and_what_may_change_are_left_alone(string loop) => Verify.DiagnosticsAsync(InMethod(loop));

    [Fact]
    public Task What_is_the_same_in_every_round_is_asked_once_before() => Verify.FixAsync<InvariantCallFix>(
        InMethod("""
            string style = "formal";
                    foreach (string x in items)
                    {
                        // the house rules
                        var rules = await {|MAG020:c.GetResponseAsync("Rules for " + style, new ChatOptions { MaxOutputTokens = 5 })|};
                        Console.WriteLine(x + rules.Text);
                    }
            """),
        InMethod("""
            string style = "formal";
                    // the house rules
                    var rules = await c.GetResponseAsync("Rules for " + style, new ChatOptions { MaxOutputTokens = 5 });
                    foreach (string x in items)
                    {
                        Console.WriteLine(x + rules.Text);
                    }
            """));
}
