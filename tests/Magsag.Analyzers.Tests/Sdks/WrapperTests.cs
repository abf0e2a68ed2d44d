namespace Magsag.Analyzers.Tests;

public sealed class WrapperTests
{
    private const string Source = """
        using System.Collections.Generic;
        using System.Threading.Tasks;

        namespace Acme
        {
            public sealed class Bot
            {
                public Task<string> ReplyAsync(string question) => Task.FromResult(question);

                [CostlyCall]
                public Task<string> ThinkAsync(string question) => Task.FromResult(question);
            }

            [System.AttributeUsage(System.AttributeTargets.Method)]
            public sealed class CostlyCallAttribute : System.Attribute;
        }

        class C
        {
            async Task M(Acme.Bot bot, List<string> questions)
            {
                foreach (string question in questions)
                {
                    await ASK;
                    await THINK;
                }
            }
        }
        """;

    private static string With(bool ask, bool think) => Source
        .Replace("ASK;", ask ? "{|MAG003:bot.ReplyAsync(question)|};" : "bot.ReplyAsync(question);", StringComparison.Ordinal)
        .Replace("THINK;", think ? "{|MAG003:bot.ThinkAsync(question)|};" : "bot.ThinkAsync(question);", StringComparison.Ordinal);

    [Fact]
    public Task A_method_that_is_marked_as_costly_is_a_call() => Verify.InEverySdkAsync(With(ask: false, think: true));

    [Theory]
    [InlineData("Acme.Bot.ReplyAsync")]
    [InlineData("Acme.Other.X, Acme.Bot.*")]
    public Task A_method_that_the_settings_name_is_a_call(string setting) => Verify.InEverySdkAsync(With(ask: true, think: true), ("magsag.cost_methods", setting));

    [Fact]
    public Task A_wrapper_that_has_the_name_of_a_question_to_a_person_is_a_call() =>
        Verify.InEverySdkAsync(With(ask: true, think: false).Replace("await bot.ThinkAsync(question);", "", StringComparison.Ordinal).Replace("ReplyAsync", "AskAsync", StringComparison.Ordinal), ("magsag.cost_methods", "Acme.Bot.AskAsync"));

    [Fact]
    public Task Another_types_method_of_the_same_name_is_none() => Verify.InEverySdkAsync(With(ask: false, think: true), ("magsag.cost_methods", "Acme.Robot.ReplyAsync"));
}
