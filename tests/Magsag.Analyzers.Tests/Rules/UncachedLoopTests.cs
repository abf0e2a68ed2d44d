using Magsag.Analyzers.CodeFixes;

namespace Magsag.Analyzers.Tests;

public sealed class UncachedLoopTests
{
    private const string Options = "new ChatOptions { MaxOutputTokens = 5 }";

    private static string InMethod(string body, string parameters = "IChatClient c, ChatClient chat, EmbeddingClient embeddings, List<string> items, IAsyncEnumerable<string> stream") =>
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
    [InlineData("foreach (var x in items) await {|MAG003:c.GetResponseAsync(x, " + Options + ")|};")]
    [InlineData("for (int i = 0; i < items.Count; i++) { await {|MAG003:c.GetResponseAsync(items[i], " + Options + ")|}; }")]
    [InlineData("await foreach (var x in stream) { await {|MAG003:c.GetResponseAsync(x, " + Options + ")|}; }")]
    [InlineData("await Task.WhenAll(items.Select(x => {|MAG003:c.GetResponseAsync(x, " + Options + ")|}));")]
    [InlineData("await Parallel.ForEachAsync(items, async (x, ct) => { await {|MAG003:c.GetResponseAsync(x, " + Options + ", ct)|}; });")]
    [InlineData("foreach (var x in items) await {|MAG003:chat.CompleteChatAsync([new UserChatMessage(x)], new ChatCompletionOptions { MaxOutputTokenCount = 5 })|};")]
    [InlineData("foreach (var x in items) await {|MAG020:embeddings.GenerateEmbeddingAsync(\"the same\")|};")]
    [InlineData("while (items.Count > 0) { items.RemoveAt(0); var r = await {|MAG020:c.GetResponseAsync(\"the same\", " + Options + ")|}; }")]
    public Task A_call_that_each_round_pays_for_is_underlined(string loop) => Verify.DiagnosticsAsync(InMethod(loop));

    [Theory]
    [InlineData("foreach (var x in new[] { \"a\", \"b\" }) await c.GetResponseAsync(x, " + Options + ");")]
    [InlineData("for (int i = 0; i < 3; i++) { await c.GetResponseAsync(\"a\" + i, " + Options + "); }")]
    public Task A_handful_of_constants_is_no_loop(string loop) => Verify.DiagnosticsAsync(InMethod(loop));

    [Theory]
    [InlineData("for (int attempt = 0; attempt < 10; attempt++) { try { var r = await c.GetResponseAsync(\"hi\", " + Options + "); return; } catch (InvalidOperationException) { } }")]
    [InlineData("while (true) { var r = await c.GetResponseAsync(\"hi\", " + Options + "); if (r.Text.Length > 3) break; }")]
    [InlineData("for (int attempt = 0; attempt < 10; attempt++) { var r = await c.GetResponseAsync(\"hi\" + attempt, " + Options + "); if (r.Text.Length > 3) { return; } }")]
    public Task A_retry_that_leaves_on_success_is_no_loop(string loop) => Verify.DiagnosticsAsync(InMethod(loop));

    [Theory]
    [InlineData("var h = new List<ChatMessage>(); while (Console.ReadLine() is { } s) { h.Add(new(ChatRole.User, s)); var r = await c.GetResponseAsync({|MAG005:h|}, " + Options + "); h.AddMessages(r); }")]
    [InlineData("var h = new List<ChatMessage>(); foreach (var x in items) { h.Add(new(ChatRole.User, x)); var r = await c.GetResponseAsync({|MAG005:h|}, " + Options + "); h.AddMessages(r); }")]
    [InlineData("while (true) { var s = Console.ReadLine(); await c.GetResponseAsync(s!, " + Options + "); }")]
    public Task A_conversation_is_no_loop(string loop) => Verify.DiagnosticsAsync(InMethod(loop));

    [Theory]
    [InlineData("var cached = c.AsBuilder().UseDistributedCache(cache).Build(); foreach (var x in items) await cached.GetResponseAsync(x, " + Options + ");")]
    [InlineData("var seen = new Dictionary<string, string>(); foreach (var x in items) { if (!seen.TryGetValue(x, out var a)) { a = (await c.GetResponseAsync(x, " + Options + ")).Text; seen[x] = a; } }")]
    [InlineData("foreach (var x in items) await hybrid.GetOrCreateAsync(x, async ct => (await c.GetResponseAsync(x, " + Options + ", ct)).Text);")]
    public Task A_cached_call_is_left_alone(string loop) =>
        Verify.DiagnosticsAsync(InMethod(loop, "IChatClient c, List<string> items, IDistributedCache cache, Microsoft.Extensions.Caching.Hybrid.HybridCache hybrid"));

    [Fact]
    public Task A_client_from_outside_may_be_cached_where_the_pipeline_is_built() => Verify.DiagnosticsAsync("""
        class Startup { IChatClient Build(IChatClient inner, IDistributedCache cache) => inner.AsBuilder().UseDistributedCache(cache).Build(); }
        class C { async Task M(IChatClient injected, List<string> items) { foreach (var x in items) await injected.GetResponseAsync(x, new ChatOptions { MaxOutputTokens = 5 }); } }
        """);

    [Fact]
    public Task A_call_outside_the_loop_is_left_alone() => Verify.DiagnosticsAsync(InMethod("await c.GetResponseAsync(\"hi\", " + Options + "); foreach (var x in items) { Console.WriteLine(x); }"));

    [Fact]
    public Task A_cache_at_hand_is_put_around_the_client() => Verify.FixAsync<UncachedLoopFix>(
        InMethod("""
            foreach (string x in items)
                    {
                        await {|MAG003:c.GetResponseAsync(x, new ChatOptions { MaxOutputTokens = 5 })|};
                    }
            """, "IChatClient c, IDistributedCache cache, List<string> items"),
        InMethod("""
            IChatClient cachedClient = c.AsBuilder().UseDistributedCache(cache).Build();
                    foreach (string x in items)
                    {
                        await cachedClient.GetResponseAsync(x, new ChatOptions { MaxOutputTokens = 5 });
                    }
            """, "IChatClient c, IDistributedCache cache, List<string> items"));

    [Fact]
    public Task A_cache_that_a_primary_constructor_takes_is_at_hand() => Verify.FixAsync<UncachedLoopFix>(
        """
        class C(IChatClient c, IDistributedCache cache)
        {
            async Task M(List<string> items)
            {
                foreach (string x in items)
                {
                    await {|MAG003:c.GetResponseAsync(x, new ChatOptions { MaxOutputTokens = 5 })|};
                }
            }
        }
        """,
        """
        class C(IChatClient c, IDistributedCache cache)
        {
            async Task M(List<string> items)
            {
                IChatClient cachedClient = c.AsBuilder().UseDistributedCache(cache).Build();
                foreach (string x in items)
                {
                    await cachedClient.GetResponseAsync(x, new ChatOptions { MaxOutputTokens = 5 });
                }
            }
        }
        """);

    [Theory]
    [InlineData(
        """
        foreach (var x in items)
                {
                    // One word.
                    var r = await {|MAG003:c.GetResponseAsync("Label " + x, new ChatOptions { MaxOutputTokens = 5 })|};
                    Console.WriteLine(r.Text);
                }
        """,
        """
        var answers = new Dictionary<string, ChatResponse>();
                foreach (var x in items)
                {
                    // One word.
                    if (!answers.TryGetValue(x, out var r))
                    {
                        r = await c.GetResponseAsync("Label " + x, new ChatOptions { MaxOutputTokens = 5 });
                        answers.Add(x, r);
                    }
                    Console.WriteLine(r.Text);
                }
        """)]
    [InlineData(
        """
        foreach (var x in items)
                {
                    Console.WriteLine((await {|MAG003:c.GetResponseAsync([new ChatMessage(ChatRole.System, "Label it."), new ChatMessage(ChatRole.User, $"{x.Length}: {x}")], new ChatOptions { MaxOutputTokens = 5 })|}.ConfigureAwait(false)).Text);
                }
        """,
        """
        var answers = new Dictionary<string, ChatResponse>();
                foreach (var x in items)
                {
                    string question = $"{x.Length}: {x}";
                    if (!answers.TryGetValue(question, out var answer))
                    {
                        answer = await c.GetResponseAsync([new ChatMessage(ChatRole.System, "Label it."), new ChatMessage(ChatRole.User, question)], new ChatOptions { MaxOutputTokens = 5 }).ConfigureAwait(false);
                        answers.Add(question, answer);
                    }
                    Console.WriteLine((answer).Text);
                }
        """)]
    public Task Where_no_cache_is_at_hand_the_answers_are_remembered_by_the_text_that_differs(string loop, string fixedLoop) => Verify.FixAsync<UncachedLoopFix>(InMethod(loop), InMethod(fixedLoop));

    [Theory]
    [InlineData("foreach (var x in items) { var r = x.Length > 3 ? await {|MAG003:c.GetResponseAsync(x, " + Options + ")|} : null; }")]
    [InlineData("foreach (var x in items) { List<ChatMessage> m = [new(ChatRole.User, x)]; var r = await {|MAG003:c.GetResponseAsync(m, " + Options + ")|}; }")]
    [InlineData("await Task.WhenAll(items.Select(async x => await {|MAG003:c.GetResponseAsync(x, " + Options + ")|}));")]
    [InlineData("foreach (var x in items) { var answers = x; var r = await {|MAG003:c.GetResponseAsync(x, " + Options + ")|}; }")]
    public Task Where_the_questions_differ_in_more_than_a_text_or_names_are_taken_there_is_no_fix(string loop) => Verify.NoFixAsync<UncachedLoopFix>(InMethod(loop));

    [Theory]
    [InlineData("do { await responses.CreateResponseAsync(request); request.InputItems.Add(ResponseItem.CreateUserMessageItem(\"more\")); } while (DateTime.Now.Hour > 3);")]
    [InlineData("string[] few = [\"a\", \"b\"]; foreach (var x in few) await embed.GenerateEmbeddingAsync(x);")]
    [InlineData("string[] few = { \"a\", \"b\" }; foreach (var x in few) await embed.GenerateEmbeddingAsync(x);")]
    public Task A_request_that_the_loop_changes_and_a_handful_of_constants_are_left_alone(string loop) => Verify.DiagnosticsAsync($$"""
        class C
        {
            async Task M(ResponsesClient responses, EmbeddingClient embed, List<string> items)
            {
                var request = new CreateResponseOptions { Model = "gpt-5-mini", MaxOutputTokenCount = 5 };
                {{loop}}
            }
        }
        """);
}
