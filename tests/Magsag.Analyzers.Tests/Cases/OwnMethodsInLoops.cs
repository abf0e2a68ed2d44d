// MAG003, MAG004, MAG020: the loop calls the project's own method, which calls the SDK, directly or through one more.
using Microsoft.Extensions.AI;
public interface IVectors { Task<float[]> EmbedAsync(string text); }
public sealed class Vectors(IEmbeddingGenerator<string, Embedding<float>> generator) : IVectors
{
    public async Task<float[]> EmbedAsync(string text) => (await generator.GenerateVectorAsync(text)).ToArray();
}
public interface IAnswers { Task<string> AnswerAsync(string text); }
public sealed class Cloud(IChatClient chat) : IAnswers { public async Task<string> AnswerAsync(string text) => (await chat.GetResponseAsync(text)).Text; }
public sealed class Fixed : IAnswers { public Task<string> AnswerAsync(string text) => Task.FromResult(text); }
public abstract class Reader { public abstract Task<string> ReadAsync(string text); }
public sealed class ModelReader(IChatClient chat) : Reader { public override async Task<string> ReadAsync(string text) => (await chat.GetResponseAsync(text)).Text; }
public static class Texts
{
    public static async Task<string> ShortenAsync(this IChatClient chat, string text) => (await chat.GetResponseAsync("Shorten: " + text)).Text;
}
public sealed record Page(int Id, string Title, string Body);
public sealed class Ingest(IVectors vectors, IAnswers answers, Reader reader, IChatClient chat, Action<object> save)
{
    private readonly List<ChatMessage> _history = [];
    private readonly Dictionary<string, string> _known = [];
    private const string Rules = "Our house rules in one sentence";
    public async Task Chunks(List<string> chunks) { foreach (var chunk in chunks) save(await vectors.EmbedAsync(chunk)); } // expected MAG004
    public async Task Members(List<Page> pages) { foreach (var page in pages) save(await vectors.EmbedAsync($"{page.Title} {page.Body}")); } // expected MAG004
    public async Task Numbers(Page[] pages) { for (int i = 0; i < pages.Length; i++) save(await vectors.EmbedAsync(pages[i].Body)); } // expected MAG004
    public async Task TwoDeep(List<Page> pages) { foreach (var page in pages) await IndexAsync(page); } // expected MAG004
    private async Task IndexAsync(Page page)
    {
        var text = page.Title + page.Body;
        save(await vectors.EmbedAsync(text));
    }
    public async Task Summaries(List<string> pages) { foreach (var page in pages) save(await SummariseAsync(page)); } // expected MAG003
    public Task ByName(List<string> pages) => Task.WhenAll(pages.Select(SummariseAsync)); // expected MAG003
    public Task ByNameVector(List<string> pages) => Task.WhenAll(pages.Select(vectors.EmbedAsync)); // expected MAG004
    public async Task AsyncLambda(List<Page> pages) => await Task.WhenAll(pages.Select(async page => new { page.Id, Text = await SummariseAsync(page.Body) })); // expected MAG003
    public async Task Overridden(List<string> pages) { foreach (var page in pages) save(await reader.ReadAsync(page)); } // expected MAG003
    public async Task Extension(List<string> pages) { foreach (var page in pages) save(await chat.ShortenAsync(page)); } // expected MAG003
    public async Task WithRetry(List<string> pages) { foreach (var page in pages) save(await AskWithRetryAsync(page)); } // expected MAG003
    public async Task RetryAround(List<string> pages) { foreach (var page in pages) save(await Guarded(() => SummariseAsync(page))); } // expected MAG003
    public async Task Same(List<string> pages) { foreach (var page in pages) save(page + await RulesAsync()); } // expected MAG020
    private async Task<string> SummariseAsync(string page)
    {
        if (page.Length < 80) return page;
        var messages = new List<ChatMessage> { new(ChatRole.System, "Summarise.") };
        messages.Add(new(ChatRole.User, page));
        return (await chat.GetResponseAsync(messages, new ChatOptions { MaxOutputTokens = 200 })).Text;
    }
    private async Task<string> AskWithRetryAsync(string page)
    {
        for (int attempt = 0; ; attempt++)
            try { return (await chat.GetResponseAsync(page)).Text; } catch (HttpRequestException) when (attempt < 3) { await Task.Delay(100); }
    }
    private static async Task<T> Guarded<T>(Func<Task<T>> work) { try { return await work(); } catch (HttpRequestException) { return await work(); } }
    private async Task<string> RulesAsync() => (await chat.GetResponseAsync(Rules)).Text;

    public async Task TwoImplementations(List<string> pages) { foreach (var page in pages) save(await answers.AnswerAsync(page)); }
    public async Task Conversation(List<string> questions) { foreach (var question in questions) save(await TalkAsync(question)); }
    private async Task<string> TalkAsync(string question)
    {
        _history.Add(new(ChatRole.User, question));
        var answer = await chat.GetResponseAsync(_history);
        _history.AddMessages(answer);
        if (_history.Count > 20) _history.RemoveRange(0, 2);
        return answer.Text;
    }
    public async Task Remembered(List<string> pages) { foreach (var page in pages) save(await OnceAsync(page)); }
    private async Task<string> OnceAsync(string page)
    {
        if (_known.TryGetValue(page, out var known)) return known;
        return _known[page] = (await chat.GetResponseAsync(page)).Text;
    }
    public async Task Refined(List<string> pages)
    {
        var summary = "";
        foreach (var page in pages) summary = await SummariseAsync(summary + page);
        save(summary);
    }
    public async Task Few() { foreach (var page in new[] { "a", "b" }) save(await SummariseAsync(page)); }
    public async Task Repl() { while (true) save(await SummariseAsync(Console.ReadLine()!)); }
    public async Task FirstGood(List<string> pages)
    {
        foreach (var page in pages)
        {
            var text = await SummariseAsync(page);
            if (text.Length > 0) return;
        }
    }
    public async Task Comparison(List<IChatClient> clients) { foreach (var client in clients) save(await client.ShortenAsync("one text for all")); }
    public async Task OtherState(List<Page> pages) { foreach (var page in pages) save(page.Id + await StateAsync()); }
    private async Task<string> StateAsync() => (await chat.GetResponseAsync("Known so far: " + _known.Count)).Text;
    public async Task InnerLoop(List<List<string>> books) { foreach (var book in books) await BookAsync(book); }
    private async Task BookAsync(List<string> pages)
    {
        foreach (var page in pages) save(await SummariseAsync(page)); // expected MAG003
    }
    public async Task OwnThread(List<string> pages, Exchange exchange) { foreach (var page in pages) save(await GoOnAsync(page, exchange)); }
    private async Task<string> GoOnAsync(string text, Exchange exchange)
    {
        var answer = await chat.GetResponseAsync([.. exchange.Turns, new ChatMessage(ChatRole.User, text)]);
        exchange.AddTurn(new ChatMessage(ChatRole.User, text));
        return answer.Text;
    }
}
public sealed class Exchange
{
    private readonly List<ChatMessage> _turns = [];
    public IReadOnlyList<ChatMessage> Turns => _turns;
    public void AddTurn(ChatMessage turn) => _turns.Add(turn);
}
