namespace Magsag.Analyzers.Tests;

/// <summary>Options are followed to where they are made, along every path that leads to the call.</summary>
public sealed class OptionsTrackingTests
{
    private static string InMethod(string body, string members = "") =>
        $$"""
        class C
        {
            {{members}}
            async Task M(IChatClient c, bool brief, ChatOptions given)
            {
                {{body}}
            }
        }
        """;

    private const string Ask = "await c.GetResponseAsync(\"hi\", o);";
    private const string Flagged = "await {|MAG001:c.GetResponseAsync(\"hi\", o)|};";

    [Theory]
    [InlineData("var o = new ChatOptions(); o.MaxOutputTokens ??= 300; " + Ask)]
    [InlineData("var o = new ChatOptions(); o.Temperature ??= 0; " + Flagged)]
    [InlineData("ChatOptions? o = null; o ??= new ChatOptions { MaxOutputTokens = 3 }; " + Ask)]
    [InlineData("ChatOptions? o = null; o ??= new ChatOptions(); " + Flagged)]
    [InlineData("var o = given; o ??= new ChatOptions(); " + Ask)]
    public Task Coalescing_assignments(string body) => Verify.DiagnosticsAsync(InMethod(body));

    [Theory]
    [InlineData("var o = new ChatOptions { MaxOutputTokens = brief ? 100 : 500 }; " + Ask)]
    [InlineData("var o = brief ? new ChatOptions { MaxOutputTokens = 1 } : new ChatOptions { MaxOutputTokens = 2 }; " + Ask)]
    [InlineData("var o = brief ? new ChatOptions { Temperature = 0 } : new ChatOptions { Temperature = 1 }; " + Flagged)]
    [InlineData("var o = brief ? new ChatOptions { MaxOutputTokens = 1 } : new ChatOptions { Temperature = 1 }; " + Flagged)]
    [InlineData("var o = brief switch { true => new ChatOptions { MaxOutputTokens = 1 }, _ => new ChatOptions { MaxOutputTokens = 2 } }; " + Ask)]
    [InlineData("var o = brief switch { true => new ChatOptions(), _ => new ChatOptions { MaxOutputTokens = 2 } }; " + Flagged)]
    [InlineData("var o = brief ? given : new ChatOptions(); " + Ask)]
    public Task Conditional_initialisers(string body) => Verify.DiagnosticsAsync(InMethod(body));

    [Theory]
    [InlineData("ChatOptions o; if (brief) { o = new() { MaxOutputTokens = 1 }; } else { o = new() { MaxOutputTokens = 2 }; } " + Ask)]
    [InlineData("ChatOptions o; if (brief) o = new() { MaxOutputTokens = 1 }; else o = new(); " + Flagged)]
    [InlineData("ChatOptions o; if (brief) o = new(); else o = new() { Temperature = 1 }; " + Flagged)]
    [InlineData("ChatOptions o = new(); if (brief) o = new() { MaxOutputTokens = 1 }; " + Flagged)]
    [InlineData("ChatOptions o = new() { MaxOutputTokens = 1 }; if (brief) o = new(); " + Flagged)]
    [InlineData("ChatOptions o = new() { MaxOutputTokens = 1 }; if (brief) { o = new(); return; } " + Ask)]
    [InlineData("ChatOptions o; switch (brief) { case true: o = new() { MaxOutputTokens = 1 }; break; default: o = new() { MaxOutputTokens = 2 }; break; } " + Ask)]
    [InlineData("ChatOptions o; switch (brief) { case true: o = new() { MaxOutputTokens = 1 }; break; default: o = new(); break; } " + Flagged)]
    [InlineData("ChatOptions o = new() { MaxOutputTokens = 1 }; try { o = new(); } catch (Exception) { } " + Ask)]
    [InlineData("var o = new ChatOptions(); if (brief) o.MaxOutputTokens = 10; " + Ask)]
    public Task Branches_that_cap_on_every_path_or_not(string body) => Verify.DiagnosticsAsync(InMethod(body));

    [Theory]
    [InlineData("var o = new ChatOptions(); o = new ChatOptions { MaxOutputTokens = 5 }; " + Ask)]
    [InlineData("var o = new ChatOptions { MaxOutputTokens = 5 }; o = new ChatOptions(); " + Flagged)]
    [InlineData("var o = new ChatOptions { MaxOutputTokens = 5 }; " + Ask + " o = new ChatOptions(); ")]
    public Task The_last_assignment_before_the_call_counts(string body) => Verify.DiagnosticsAsync(InMethod(body));

    [Theory]
    [InlineData("var o = new ChatOptions { MaxOutputTokens = 5 }.Clone(); " + Ask)]
    [InlineData("var o = new ChatOptions().Clone(); " + Flagged)]
    public Task Clones(string body) => Verify.DiagnosticsAsync(InMethod(body));

    [Theory]
    [InlineData("await c.GetResponseAsync(\"hi\", O);", "private static readonly ChatOptions O = new() { MaxOutputTokens = 5 };")]
    [InlineData("await {|MAG001:c.GetResponseAsync(\"hi\", O)|};", "private static readonly ChatOptions O = new() { Temperature = 0 };")]
    [InlineData("await c.GetResponseAsync(\"hi\", O);", "private ChatOptions O { get; } = new() { MaxOutputTokens = 5 };")]
    [InlineData("await {|MAG001:c.GetResponseAsync(\"hi\", O)|};", "private ChatOptions O { get; } = new();")]
    [InlineData("await c.GetResponseAsync(\"hi\", O);", "private static ChatOptions O => new() { MaxOutputTokens = 5 };")]
    [InlineData("await {|MAG001:c.GetResponseAsync(\"hi\", O)|};", "private static ChatOptions O => new();")]
    [InlineData("await c.GetResponseAsync(\"hi\", O);", "public static readonly ChatOptions O = new();")]
    public Task Fields_and_properties(string body, string member) => Verify.DiagnosticsAsync(InMethod(body, member));

    [Theory]
    [InlineData("await c.GetResponseAsync(\"hi\", Make());", "static ChatOptions Make() { var o = new ChatOptions { MaxOutputTokens = 3 }; return o; }")]
    [InlineData("await {|MAG001:c.GetResponseAsync(\"hi\", Make())|};", "static ChatOptions Make() { var o = new ChatOptions { Temperature = 0 }; o.TopK = 3; return o; }")]
    [InlineData("await {|MAG001:c.GetResponseAsync(\"hi\", Make(brief))|};", "static ChatOptions Make(bool b) { if (b) { return new ChatOptions { MaxOutputTokens = 3 }; } return new ChatOptions(); }")]
    [InlineData("await c.GetResponseAsync(\"hi\", Make()); ChatOptions Make() => new() { MaxOutputTokens = 3 };", "")]
    [InlineData("await {|MAG001:c.GetResponseAsync(\"hi\", Make())|}; ChatOptions Make() => new();", "")]
    [InlineData("await c.GetResponseAsync(\"hi\", Make(300));", "static ChatOptions Make(int cap) => new() { MaxOutputTokens = cap };")]
    [InlineData("await c.GetResponseAsync(\"hi\", Make());", "protected virtual ChatOptions Make() => new();")]
    public Task Helper_methods_and_local_functions(string body, string member) => Verify.DiagnosticsAsync(InMethod(body, member));

    [Theory]
    [InlineData("await c.AsBuilder().ConfigureOptions(o => o.MaxOutputTokens = 9).Build().GetResponseAsync(\"hi\");")]
    [InlineData("var p = c.AsBuilder().UseLogging().ConfigureOptions(o => o.MaxOutputTokens ??= 9).Build(); await p.GetResponseAsync(\"hi\");")]
    [InlineData("var p = c.AsBuilder().UseLogging().Build(); await {|MAG001:p.GetResponseAsync(\"hi\")|};")]
    public Task Pipelines(string body) => Verify.DiagnosticsAsync(InMethod(body));

    [Theory]
    [InlineData(".ConfigureOptions(o => o.MaxOutputTokens ??= 9)", "injected.GetResponseAsync(\"hi\")")]
    [InlineData("", "{|MAG001:injected.GetResponseAsync(\"hi\")|}")]
    public Task Registrations_with_dependency_injection(string step, string call) => Verify.DiagnosticsAsync($$"""
        static class Startup { static void Add(Microsoft.Extensions.DependencyInjection.IServiceCollection s, IChatClient c) => Microsoft.Extensions.DependencyInjection.ChatClientBuilderServiceCollectionExtensions.AddChatClient(s, c){{step}}; }
        class C { Task M(IChatClient injected) => {{call}}; }
        """);

    [Fact]
    public Task The_fix_mends_the_one_path_without_a_cap() => Verify.FixAsync<Magsag.Analyzers.CodeFixes.UncappedCallFix>(
        InMethod("ChatOptions o; if (brief) o = new() { MaxOutputTokens = 1 }; else o = new() { Temperature = 0 }; " + Flagged),
        InMethod("ChatOptions o; if (brief) o = new() { MaxOutputTokens = 1 }; else o = new() { Temperature = 0, MaxOutputTokens = 500 }; " + Ask));

    [Fact]
    public Task Options_that_a_method_in_another_file_fills() => Verify.FilesAsync(
        "class C { async Task M(ChatClient c) { await {|MAG001:c.CompleteChatAsync([\"hi\"], Settings.Make(0.5f))|}; await c.CompleteChatAsync([\"hi\"], Settings.MakeCapped()); } }",
        """
        static class Settings
        {
            public static ChatCompletionOptions Make(float temperature) { var made = new ChatCompletionOptions { Temperature = temperature }; made.EndUserId = "me"; return made; }
            public static ChatCompletionOptions MakeCapped() { var made = new ChatCompletionOptions(); made.MaxOutputTokenCount = 300; return made; }
        }
        """);

    [Fact]
    public Task Options_that_are_made_of_each_other_without_end_are_unknown() => Verify.DiagnosticsAsync("""
        class C
        {
            ChatOptions A => B;
            ChatOptions B => A;
            ChatOptions Make() { var made = MakeOther(); return made; }
            ChatOptions MakeOther() { var made = Make(); return made; }
            async Task M(IChatClient c) { await c.GetResponseAsync("hi", A); await c.GetResponseAsync("hi", Make()); }
        }
        """);
}
