using Magsag.Analyzers.CodeFixes;

namespace Magsag.Analyzers.Tests;

public sealed class GrowingHistoryTests
{
    private static string InMethod(string body) =>
        $$"""
        class C
        {
            async Task M(IChatClient c, ChatClient chat, ChatOptions o, ChatCompletionOptions co)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("List<ChatMessage> h = []; while (Console.ReadLine() is { } q) { h.Add(new(ChatRole.User, q)); var r = await c.GetResponseAsync({|MAG005:h|}, o); h.AddMessages(r); }")]
    [InlineData("var h = new List<ChatMessage>(); do { h.Add(new(ChatRole.User, Console.ReadLine()!)); await c.GetResponseAsync({|MAG005:h|}, o); } while (true);")]
    [InlineData("List<OpenAI.Chat.ChatMessage> h = []; for (;;) { h.Add(Console.ReadLine()!); var r = await chat.CompleteChatAsync({|MAG005:h|}, co); h.Add(new AssistantChatMessage(r)); }")]
    public Task A_history_that_every_turn_adds_to_is_underlined(string loop) => Verify.DiagnosticsAsync(InMethod(loop));

    [Theory]
    [InlineData("List<ChatMessage> h = []; while (Console.ReadLine() is { } q) { h.Add(new(ChatRole.User, q)); await c.GetResponseAsync(h, o); if (h.Count > 20) h.RemoveRange(0, 2); }")]
    [InlineData("List<ChatMessage> h = []; while (Console.ReadLine() is { } q) { h = h.TakeLast(10).ToList(); h.Add(new(ChatRole.User, q)); await c.GetResponseAsync(h, o); }")]
    [InlineData("List<ChatMessage> h = []; while (Console.ReadLine() is { } q) { h.Add(new(ChatRole.User, q)); Trim(h); await c.GetResponseAsync(h, o); } void Trim(List<ChatMessage> x) => x.RemoveAt(0);")]
    [InlineData("while (Console.ReadLine() is { } q) { List<ChatMessage> h = [new(ChatRole.User, q)]; h.Add(new(ChatRole.User, q)); await c.GetResponseAsync(h, o); }")]
    [InlineData("List<ChatMessage> h = []; h.Add(new(ChatRole.User, \"hi\")); await c.GetResponseAsync(h, o);")]
    public Task A_history_that_is_shortened_or_ends_with_the_turn_is_left_alone(string loop) => Verify.DiagnosticsAsync(InMethod(loop));

    [Theory]
    [InlineData("List<OpenAI.Chat.ChatMessage> h = [\"hi\"]; bool more; do { more = false; ChatCompletion r = await chat.CompleteChatAsync(h, co); h.Add(new AssistantChatMessage(r)); foreach (var t in r.ToolCalls) { h.Add(new ToolChatMessage(t.Id, \"x\")); more = true; } } while (more);")]
    [InlineData("List<ChatMessage> h = [new(ChatRole.User, \"hi\")]; while (true) { var r = await c.GetResponseAsync(h, o); h.AddMessages(r); if (!r.Messages[0].Contents.OfType<FunctionCallContent>().Any()) break; }")]
    public Task Rounds_of_tools_for_one_answer_are_left_alone(string loop) => Verify.DiagnosticsAsync(InMethod(loop));

    [Fact]
    public Task Turns_whose_answers_may_call_tools_are_underlined() => Verify.DiagnosticsAsync(InMethod(
        "List<OpenAI.Chat.ChatMessage> h = []; while (true) { h.Add(new UserChatMessage(Console.ReadLine())); ChatCompletion r = await chat.CompleteChatAsync({|MAG005:h|}, co); h.Add(new AssistantChatMessage(r)); foreach (var t in r.ToolCalls) { h.Add(new ToolChatMessage(t.Id, \"x\")); } }"));

    [Fact]
    public Task A_field_that_the_asking_method_adds_to_is_underlined() => Verify.DiagnosticsAsync("""
        class C(IChatClient c, ChatOptions o)
        {
            private readonly List<ChatMessage> _history = [];

            async Task<string> AskAsync(string question)
            {
                _history.Add(new(ChatRole.User, question));
                var response = await c.GetResponseAsync({|MAG005:_history|}, o);
                _history.AddMessages(response);
                return response.Text;
            }
        }
        """);

    [Fact]
    public Task A_field_that_another_method_clears_is_left_alone() => Verify.DiagnosticsAsync("""
        class C(IChatClient c, ChatOptions o)
        {
            private readonly List<ChatMessage> _history = [];

            void Reset() => _history.Clear();

            async Task AskAsync(string question)
            {
                _history.Add(new(ChatRole.User, question));
                await c.GetResponseAsync(_history, o);
            }
        }
        """);

    [Fact]
    public Task A_project_with_a_reducer_is_left_alone() => Verify.DiagnosticsAsync("""
        class C(IChatClient c, ChatOptions o)
        {
            private readonly List<ChatMessage> _history = [];
            private readonly IChatClient _c = c.AsBuilder().UseChatReducer(new MessageCountingChatReducer(20)).Build();

            async Task AskAsync(string question)
            {
                _history.Add(new(ChatRole.User, question));
                await _c.GetResponseAsync(_history, o);
            }
        }
        """);

    [Fact]
    public Task The_fix_adds_a_reducer_where_experimental_ones_are_accepted() => Verify.FixAsync<GrowingHistoryFix>(
        Asking("new ChatClient(\"gpt-4o-mini\", \"key\").AsIChatClient()", "{|MAG005:_history|}"),
        Asking("new ChatClient(\"gpt-4o-mini\", \"key\").AsIChatClient().AsBuilder().UseChatReducer(new MessageCountingChatReducer(20)).Build()", "_history"));

    private static string Asking(string client, string history) => $$"""
        class C(ChatOptions o)
        {
            private readonly List<ChatMessage> _history = [];
            private readonly IChatClient _c = {{client}};

            async Task AskAsync(string question)
            {
                _history.Add(new(ChatRole.User, question));
                await _c.GetResponseAsync({{history}}, o);
            }
        }
        """;
}
