namespace Magsag.Analyzers.Tests;

/// <summary>What repeats a call without need, and what only looks as if it did.</summary>
public sealed class LoopTests
{
    private const string O = "new ChatOptions { MaxOutputTokens = 5 }";

    private static string InMethod(string body) =>
        $$"""
        class C
        {
            async Task M(IChatClient c, List<string> items, IAsyncEnumerable<string> stream, string s, IDistributedCache store, Microsoft.Extensions.Caching.Hybrid.HybridCache hybrid)
            {
                {{body}}
            }
        }
        """;

    [Fact]
    public Task For() => Verify.DiagnosticsAsync(InMethod("for (int i = 0; i < items.Count; i++) await {|MAG003:c.GetResponseAsync(items[i], " + O + ")|};"));

    [Fact]
    public Task Foreach() => Verify.DiagnosticsAsync(InMethod("foreach (var x in items) await {|MAG003:c.GetResponseAsync(x, " + O + ")|};"));

    [Fact]
    public Task Await_foreach() => Verify.DiagnosticsAsync(InMethod("await foreach (var x in stream) await {|MAG003:c.GetResponseAsync(x, " + O + ")|};"));

    [Fact]
    public Task While() => Verify.DiagnosticsAsync(InMethod("while (items.Remove(s)) { await {|MAG020:c.GetResponseAsync(\"always the same\", " + O + ")|}; }"));

    [Fact]
    public Task Do() => Verify.DiagnosticsAsync(InMethod("do { await {|MAG020:c.GetResponseAsync(\"always the same\", " + O + ")|}; } while (items.Remove(s));"));

    [Fact]
    public Task Select_with_an_async_lambda() => Verify.DiagnosticsAsync(InMethod("var all = items.Select(async x => await {|MAG003:c.GetResponseAsync(x, " + O + ")|}).ToList();"));

    [Fact]
    public Task Task_WhenAll() => Verify.DiagnosticsAsync(InMethod("await Task.WhenAll(items.Select(x => {|MAG003:c.GetResponseAsync(x, " + O + ")|}));"));

    [Fact]
    public Task SelectMany() => Verify.DiagnosticsAsync(InMethod("var all = items.SelectMany(x => new[] { {|MAG003:c.GetResponseAsync(x, " + O + ")|} }).ToList();"));

    [Fact]
    public Task ForEach() => Verify.DiagnosticsAsync(InMethod("items.ForEach(async x => await {|MAG003:c.GetResponseAsync(x, " + O + ")|});"));

    [Fact]
    public Task Parallel_ForEachAsync() => Verify.DiagnosticsAsync(InMethod("await Parallel.ForEachAsync(items, async (x, ct) => await {|MAG003:c.GetResponseAsync(x, " + O + ", ct)|});"));

    [Fact]
    public Task A_local_function_that_a_loop_calls() => Verify.DiagnosticsAsync(InMethod("foreach (var x in items) await AskAsync(x); Task AskAsync(string q) => {|MAG003:c.GetResponseAsync(q, " + O + ")|};"));

    [Fact]
    public Task A_local_function_that_no_loop_calls() => Verify.DiagnosticsAsync(InMethod("await AskAsync(s); Task AskAsync(string q) => c.GetResponseAsync(q, " + O + ");"));

    [Fact]
    public Task A_local_function_whose_loop_is_left_on_success() => Verify.DiagnosticsAsync(InMethod("foreach (var x in items) { await AskAsync(x); break; } Task AskAsync(string q) => c.GetResponseAsync(q, " + O + ");"));

    [Fact]
    public Task A_retry_that_leaves_on_success() => Verify.DiagnosticsAsync(InMethod("for (int attempt = 0; attempt < 9; attempt++) { try { await c.GetResponseAsync(s, " + O + "); break; } catch (TimeoutException) { } }"));

    [Fact]
    public Task A_turn_that_waits_for_a_person() => Verify.DiagnosticsAsync(InMethod("for (;;) { await c.GetResponseAsync(Console.ReadLine()!, " + O + "); }"));

    [Fact]
    public Task A_turn_that_feeds_the_growing_history_back() => Verify.DiagnosticsAsync(InMethod("List<ChatMessage> h = []; foreach (var x in items) { h.Add(new(ChatRole.User, x)); h.AddMessages(await c.GetResponseAsync({|MAG005:h|}, " + O + ")); }"));

    [Fact]
    public Task A_turn_that_an_extension_method_adds_to_the_history() => Verify.DiagnosticsAsync(
        InMethod("List<ChatMessage> h = []; foreach (var x in items) { h.AddQuestion(x); await c.GetResponseAsync(h, " + O + "); }")
        + "\nstatic class Histories { public static void AddQuestion(this List<ChatMessage> history, string text) => history.Add(new(ChatRole.User, text)); }\n");

    [Fact]
    public Task A_loop_over_a_constant_handful() => Verify.DiagnosticsAsync(InMethod("foreach (var x in new[] { \"a\", \"b\", \"c\" }) await c.GetResponseAsync(x, " + O + ");"));

    [Fact]
    public Task A_loop_over_more_than_a_handful_of_constants() => Verify.DiagnosticsAsync(InMethod("foreach (var x in new[] { \"a\", \"b\", \"c\", \"d\", \"e\", \"f\" }) await {|MAG003:c.GetResponseAsync(x, " + O + ")|};"));

    [Fact]
    public Task A_receiver_with_a_distributed_cache() => Verify.DiagnosticsAsync(InMethod("var k = c.AsBuilder().UseDistributedCache(store).Build(); foreach (var x in items) await k.GetResponseAsync(x, " + O + ");"));

    [Theory]
    [InlineData("UseLayeredCache")]
    [InlineData("UseSemanticCache")]
    public Task A_receiver_with_a_cache_of_Magsags(string step) => Verify.DiagnosticsAsync(
        InMethod($"var k = c.AsBuilder().{step}().Build(); foreach (var x in items) await k.GetResponseAsync(x, {O});")
        + $"\nstatic class Caches {{ public static ChatClientBuilder {step}(this ChatClientBuilder builder) => builder; }}\n");

    [Fact]
    public Task A_call_inside_GetOrCreateAsync() => Verify.DiagnosticsAsync(InMethod("foreach (var x in items) await hybrid.GetOrCreateAsync(x, async ct => (await c.GetResponseAsync(x, " + O + ", ct)).Text);"));

    [Fact]
    public Task A_call_memoised_by_a_dictionary() => Verify.DiagnosticsAsync(InMethod("var known = new System.Collections.Concurrent.ConcurrentDictionary<string, Task<ChatResponse>>(); foreach (var x in items) await known.GetOrAdd(x, k => c.GetResponseAsync(k, " + O + "));"));

    [Fact]
    public Task A_call_memoised_by_Lazy() => Verify.DiagnosticsAsync(InMethod("foreach (var x in items) { var answer = new Lazy<Task<ChatResponse>>(() => c.GetResponseAsync(s, " + O + ")); items.Remove(x); }"));

    [Fact]
    public Task A_call_guarded_by_a_look_up() => Verify.DiagnosticsAsync(InMethod("var known = new Dictionary<string, string>(); foreach (var x in items) { if (known.ContainsKey(x)) continue; known[x] = (await c.GetResponseAsync(x, " + O + ")).Text; }"));
}
