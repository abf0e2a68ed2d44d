using Magsag.Analyzers.CodeFixes;

namespace Magsag.Analyzers.Tests;

public sealed class UncappedCallTests
{
    private static string InMethod(string body, string parameters = "IChatClient c, ChatClient chat, ResponsesClient responses, ChatOptions given") =>
        $$"""
        class C
        {
            async Task M({{parameters}})
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("await {|MAG001:c.GetResponseAsync(\"hi\")|};")]
    [InlineData("await {|MAG001:c.GetResponseAsync(new ChatMessage(ChatRole.User, \"hi\"))|};")]
    [InlineData("await {|MAG001:c.GetResponseAsync([new ChatMessage(ChatRole.User, \"hi\")], new ChatOptions { Temperature = 0 })|};")]
    [InlineData("await {|MAG001:c.GetResponseAsync<int>(\"hi\")|};")]
    [InlineData("await {|MAG001:c.GetResponseAsync(\"hi\", null)|};")]
    [InlineData("await {|MAG001:c.GetResponseAsync(\"hi\", new() { MaxOutputTokens = null })|};")]
    [InlineData("await {|MAG001:c.GetResponseAsync(options: new(), chatMessage: \"hi\")|};")]
    [InlineData("await foreach (var u in {|MAG001:c.GetStreamingResponseAsync(\"hi\")|}) { }")]
    [InlineData("await {|MAG001:chat.CompleteChatAsync(\"hi\")|};")]
    [InlineData("await {|MAG001:chat.CompleteChatAsync([new UserChatMessage(\"hi\")])|};")]
    [InlineData("{|MAG001:chat.CompleteChat([new UserChatMessage(\"hi\")], new ChatCompletionOptions { Temperature = 1 })|};")]
    [InlineData("foreach (var u in {|MAG001:chat.CompleteChatStreaming(\"hi\")|}) { }")]
    [InlineData("await {|MAG001:responses.CreateResponseAsync(\"gpt-5-mini\", \"hi\")|};")]
    [InlineData("await {|MAG001:responses.CreateResponseAsync(new CreateResponseOptions(\"gpt-5-mini\", [ResponseItem.CreateUserMessageItem(\"hi\")]))|};")]
    public Task A_call_that_sends_no_cap_is_underlined(string call) => Verify.DiagnosticsAsync(InMethod(call));

    [Theory]
    [InlineData("await c.GetResponseAsync(\"hi\", new ChatOptions { MaxOutputTokens = 200 });")]
    [InlineData("await c.GetResponseAsync(\"hi\", new() { Temperature = 0, MaxOutputTokens = 200 });")]
    [InlineData("await chat.CompleteChatAsync([new UserChatMessage(\"hi\")], new ChatCompletionOptions { MaxOutputTokenCount = 200 });")]
    [InlineData("await responses.CreateResponseAsync(new CreateResponseOptions { Model = \"gpt-5-mini\", MaxOutputTokenCount = 200 });")]
    [InlineData("var o = new ChatCompletionOptions(); o.MaxOutputTokenCount = 10; await chat.CompleteChatAsync([new UserChatMessage(\"x\")], o);")]
    [InlineData("var o = new ChatOptions(); o.MaxOutputTokens ??= 10; await c.GetResponseAsync(\"hi\", o);")]
    [InlineData("var o = new ChatOptions(); if (DateTime.Now.Hour > 3) o.MaxOutputTokens = 10; await c.GetResponseAsync(\"hi\", o);")]
    [InlineData("var o = new ChatOptions { MaxOutputTokens = 10 }; var p = o.Clone(); await c.GetResponseAsync(\"hi\", p);")]
    [InlineData("await c.GetResponseAsync(\"hi\", DateTime.Now.Hour > 3 ? new ChatOptions { MaxOutputTokens = 1 } : new ChatOptions { MaxOutputTokens = 2 });")]
    public Task A_capped_call_is_not_underlined(string call) => Verify.DiagnosticsAsync(InMethod(call));

    [Theory]
    [InlineData("await c.GetResponseAsync(\"hi\", given);")]
    [InlineData("await c.GetResponseAsync(\"hi\", given.Clone());")]
    [InlineData("await c.GetResponseAsync(\"hi\", new ChatOptions { RawRepresentationFactory = _ => new ChatCompletionOptions { MaxOutputTokenCount = 5 } });")]
    [InlineData("await c.GetResponseAsync(\"hi\", new ChatOptions { AdditionalProperties = new() { [\"max\"] = 5 } });")]
    [InlineData("var o = new ChatOptions(); Configure(o); await c.GetResponseAsync(\"hi\", o); void Configure(ChatOptions x) => x.MaxOutputTokens = 3;")]
    [InlineData("var o = new ChatOptions(); var p = o; p.MaxOutputTokens = 3; await c.GetResponseAsync(\"hi\", o);")]
    [InlineData("await chat.CompleteChatAsync(System.ClientModel.BinaryContent.Create(BinaryData.FromString(\"{}\")));")]
    public Task What_cannot_be_known_is_left_alone(string call) => Verify.DiagnosticsAsync(InMethod(call));

    [Fact]
    public Task Options_of_a_local_are_followed_through_later_assignments() => Verify.DiagnosticsAsync(InMethod("""
        ChatOptions o = new ChatOptions();
                o = new ChatOptions { Temperature = 1 };
                await {|MAG001:c.GetResponseAsync("hi", o)|};
        """));

    [Fact]
    public Task Options_of_a_private_field_are_followed() => Verify.DiagnosticsAsync("""
        class C
        {
            private static readonly ChatOptions Capped = new() { MaxOutputTokens = 5 };
            private readonly ChatOptions _uncapped = new() { Temperature = 0 };
            public ChatOptions Open = new();

            async Task M(IChatClient c)
            {
                await c.GetResponseAsync("hi", Capped);
                await {|MAG001:c.GetResponseAsync("hi", _uncapped)|};
                await c.GetResponseAsync("hi", Open);
            }
        }
        """);

    [Fact]
    public Task A_field_that_is_given_a_cap_elsewhere_in_its_class_is_left_alone() => Verify.DiagnosticsAsync("""
        class C
        {
            private readonly ChatOptions _options = new();

            public C() => _options.MaxOutputTokens = 7;

            Task M(IChatClient c) => c.GetResponseAsync("hi", _options);
        }
        """);

    [Fact]
    public Task Options_that_a_helper_method_makes_are_followed() => Verify.DiagnosticsAsync("""
        class C
        {
            static ChatOptions Capped() => new() { MaxOutputTokens = 5 };

            static ChatOptions Uncapped()
            {
                return new ChatOptions { Temperature = 1 };
            }

            async Task M(IChatClient c)
            {
                await c.GetResponseAsync("hi", Capped());
                await {|MAG001:c.GetResponseAsync("hi", Uncapped())|};
            }
        }
        """);

    [Fact]
    public Task A_pipeline_that_sets_a_default_cap_is_seen() => Verify.DiagnosticsAsync(InMethod("""
        IChatClient capped = c.AsBuilder().ConfigureOptions(o => o.MaxOutputTokens ??= 256).Build();
                await capped.GetResponseAsync("hi");
        """));

    [Fact]
    public Task A_client_from_outside_may_have_passed_a_pipeline_that_caps() => Verify.DiagnosticsAsync("""
        class Startup { IChatClient Build(IChatClient inner) => inner.AsBuilder().ConfigureOptions(o => o.MaxOutputTokens ??= 256).Build(); }
        class C { Task M(IChatClient injected) => injected.GetResponseAsync("hi"); }
        """);

    [Fact]
    public Task The_message_says_how_much_one_call_may_cost() => Verify.MessageAsync(
        """
        class C
        {
            async Task M()
            {
                var chat = new ChatClient("gpt-4o-mini", "key");
                await {|#0:chat.CompleteChatAsync("hi")|};
            }
        }
        """,
        "MAG001",
        "Uncapped: up to 16,384 output tokens, $0.01 a call on gpt-4o-mini");

    [Theory]
    [InlineData("await {|MAG001:c.GetResponseAsync(\"hi\")|};", "await c.GetResponseAsync(\"hi\", new ChatOptions { MaxOutputTokens = 500 });")]
    [InlineData("await {|MAG001:c.GetResponseAsync(\"hi\", cancellationToken: default)|};", "await c.GetResponseAsync(\"hi\", cancellationToken: default, options: new ChatOptions { MaxOutputTokens = 500 });")]
    [InlineData("await {|MAG001:c.GetResponseAsync(\"hi\", null, default)|};", "await c.GetResponseAsync(\"hi\", new ChatOptions { MaxOutputTokens = 500 }, default);")]
    [InlineData("await {|MAG001:c.GetResponseAsync(\"hi\" /* why */)|};", "await c.GetResponseAsync(\"hi\", new ChatOptions { MaxOutputTokens = 500 } /* why */);")]
    [InlineData("await {|MAG001:c.GetResponseAsync(\"hi\", new ChatOptions())|};", "await c.GetResponseAsync(\"hi\", new ChatOptions() { MaxOutputTokens = 500 });")]
    [InlineData("await {|MAG001:c.GetResponseAsync(\"hi\", new() { Temperature = 0 /* calm */ })|};", "await c.GetResponseAsync(\"hi\", new() { Temperature = 0, MaxOutputTokens = 500 /* calm */ });")]
    [InlineData("await {|MAG001:c.GetResponseAsync(\"hi\", new() { MaxOutputTokens = null })|};", "await c.GetResponseAsync(\"hi\", new() { MaxOutputTokens = 500 });")]
    [InlineData("var o = new ChatOptions(); await {|MAG001:c.GetResponseAsync(\"a\", o)|}; await {|MAG001:c.GetResponseAsync(\"b\", o)|};", "var o = new ChatOptions() { MaxOutputTokens = 500 }; await c.GetResponseAsync(\"a\", o); await c.GetResponseAsync(\"b\", o);")]
    [InlineData("await {|MAG001:chat.CompleteChatAsync(\"hi\")|};", "await chat.CompleteChatAsync([new UserChatMessage(\"hi\")], new ChatCompletionOptions { MaxOutputTokenCount = 500 });")]
    [InlineData("await {|MAG001:chat.CompleteChatAsync(new SystemChatMessage(\"be brief\"), new UserChatMessage(\"hi\"))|};", "await chat.CompleteChatAsync([new SystemChatMessage(\"be brief\"), new UserChatMessage(\"hi\")], new ChatCompletionOptions { MaxOutputTokenCount = 500 });")]
    [InlineData("await {|MAG001:chat.CompleteChatAsync([new UserChatMessage(\"hi\")])|};", "await chat.CompleteChatAsync([new UserChatMessage(\"hi\")], new ChatCompletionOptions { MaxOutputTokenCount = 500 });")]
    [InlineData("await {|MAG001:responses.CreateResponseAsync(\"gpt-5-mini\", \"hi\")|};", "await responses.CreateResponseAsync(new CreateResponseOptions(\"gpt-5-mini\", [ResponseItem.CreateUserMessageItem(\"hi\")]) { MaxOutputTokenCount = 8700 });")]
    [InlineData("await {|MAG001:responses.CreateResponseAsync(\"gpt-5-mini\", \"hi\", \"before\", default)|};", "await responses.CreateResponseAsync(new CreateResponseOptions(\"gpt-5-mini\", [ResponseItem.CreateUserMessageItem(\"hi\")]) { MaxOutputTokenCount = 8700, PreviousResponseId = \"before\" }, default);")]
    public Task The_fix_caps_the_call(string call, string capped) => Verify.FixAsync<UncappedCallFix>(InMethod(call), InMethod(capped));

    [Fact]
    public Task The_fix_keeps_the_layout_of_an_initializer_and_its_comments() => Verify.FixAsync<UncappedCallFix>(
        InMethod("""
            await {|MAG001:c.GetResponseAsync("hi", new ChatOptions
                    {
                        // deterministic
                        Temperature = 0, // always
                    })|};
            """),
        InMethod("""
            await c.GetResponseAsync("hi", new ChatOptions
                    {
                        // deterministic
                        Temperature = 0, // always
                        MaxOutputTokens = 500,
                    });
            """));

    [Fact]
    public Task The_team_decides_what_cap_is_inserted() => Verify.FixAsync<UncappedCallFix>(
        InMethod("await {|MAG001:c.GetResponseAsync(\"hi\")|};"),
        InMethod("await c.GetResponseAsync(\"hi\", new ChatOptions { MaxOutputTokens = 120 });"),
        ("magsag.max_output_tokens", "120"));

    [Fact]
    public Task A_comment_among_arguments_that_would_be_rearranged_keeps_the_fix_away() =>
        Verify.NoFixAsync<UncappedCallFix>(InMethod("await {|MAG001:chat.CompleteChatAsync(\"hi\" /* greeting */)|};"));

    [Theory]
    [InlineData("await {|MAG001:c.GetResponseAsync<Invoice>(\"hi\")|};", "await c.GetResponseAsync<Invoice>(\"hi\", new ChatOptions { MaxOutputTokens = 1600 });")]
    [InlineData("await {|MAG001:c.GetResponseAsync<Verdict>(\"hi\")|};", "await c.GetResponseAsync<Verdict>(\"hi\", new ChatOptions { MaxOutputTokens = 500 });")]
    [InlineData("await {|MAG001:c.GetResponseAsync(\"hi\", new() { ResponseFormat = Microsoft.Extensions.AI.ChatResponseFormat.ForJsonSchema<Invoice>() })|};", "await c.GetResponseAsync(\"hi\", new() { ResponseFormat = Microsoft.Extensions.AI.ChatResponseFormat.ForJsonSchema<Invoice>(), MaxOutputTokens = 1600 });")]
    [InlineData("await {|MAG001:c.GetResponseAsync(\"hi\", new() { ResponseFormat = Microsoft.Extensions.AI.ChatResponseFormat.Json })|};", "await c.GetResponseAsync(\"hi\", new() { ResponseFormat = Microsoft.Extensions.AI.ChatResponseFormat.Json, MaxOutputTokens = 2000 });")]
    [InlineData("await {|MAG001:c.GetResponseAsync(\"hi\", new() { Reasoning = new() { Effort = ReasoningEffort.High } })|};", "await c.GetResponseAsync(\"hi\", new() { Reasoning = new() { Effort = ReasoningEffort.High }, MaxOutputTokens = 16900 });")]
    [InlineData("await {|MAG001:c.GetResponseAsync(\"hi\", new() { Reasoning = new() { Effort = ReasoningEffort.None } })|};", "await c.GetResponseAsync(\"hi\", new() { Reasoning = new() { Effort = ReasoningEffort.None }, MaxOutputTokens = 500 });")]
    [InlineData("await {|MAG001:new ChatClient(\"o3\", \"key\").CompleteChatAsync(\"hi\")|};", "await new ChatClient(\"o3\", \"key\").CompleteChatAsync([new UserChatMessage(\"hi\")], new ChatCompletionOptions { MaxOutputTokenCount = 8700 });")]
    public Task The_cap_fits_the_answer_and_the_model(string call, string capped) => Verify.FixAsync<UncappedCallFix>(InMethod(call) + Answers, InMethod(capped) + Answers, ("magsag.premium_input_price", "1000"));

    [Fact]
    public Task The_cap_of_the_team_goes_for_every_answer() => Verify.FixAsync<UncappedCallFix>(
        InMethod("await {|MAG001:c.GetResponseAsync<Invoice>(\"hi\")|};") + Answers,
        InMethod("await c.GetResponseAsync<Invoice>(\"hi\", new ChatOptions { MaxOutputTokens = 120 });") + Answers,
        ("magsag.max_output_tokens", "120"));

    [Fact]
    public Task An_argument_gets_a_line_of_its_own_where_the_others_have_one() => Verify.FixAsync<UncappedCallFix>(
        InMethod("""
            await {|MAG001:c.GetResponseAsync(
                        "hi",
                        cancellationToken: default)|};
            """),
        InMethod("""
            await c.GetResponseAsync(
                        "hi",
                        cancellationToken: default,
                        options: new ChatOptions { MaxOutputTokens = 500 });
            """));

    private const string Answers = """

        record Line(string Product, int Count, decimal Price);
        record Invoice(string Customer, System.DateOnly Day, List<Line> Lines);
        record Verdict(bool IsSpam);
        """;
}
