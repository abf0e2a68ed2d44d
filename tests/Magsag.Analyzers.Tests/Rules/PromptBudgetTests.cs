namespace Magsag.Analyzers.Tests;

public sealed class PromptBudgetTests
{
    private static string InMethod(string body) =>
        $$"""
        class C
        {
            private const string Rules = "Never promise a refund. When you don't know the answer, say so and offer to hand over to a person.";

            async Task M(IChatClient c, ChatOptions o, string question)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("await {|MAG008:c.GetResponseAsync(Rules + question, o)|};")]
    [InlineData("await {|MAG008:c.GetResponseAsync($\"{Rules} {question}\", o)|};")]
    [InlineData("await {|MAG008:c.GetResponseAsync([new ChatMessage(ChatRole.System, Rules), new ChatMessage(ChatRole.User, question)], o)|};")]
    [InlineData("var h = new List<ChatMessage>(); h.Add(new(ChatRole.System, Rules)); await {|MAG008:c.GetResponseAsync(h, o)|};")]
    public Task Constant_text_over_the_budget_is_underlined(string body) => Verify.DiagnosticsAsync(InMethod(body), ("magsag.max_prompt_tokens", "20"));

    [Theory]
    [InlineData("await c.GetResponseAsync(Rules + question, o);", "30")]
    [InlineData("await c.GetResponseAsync(question, o);", "1")]
    [InlineData("Console.WriteLine(Rules); await c.GetResponseAsync(question, o);", "1")]
    public Task Text_within_the_budget_and_text_that_is_not_constant_is_left_alone(string body, string budget) => Verify.DiagnosticsAsync(InMethod(body), ("magsag.max_prompt_tokens", budget));
}
