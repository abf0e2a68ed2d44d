// MAG003: a queue that is drained, a query, and a helper that retries.
using Microsoft.Extensions.AI;
public sealed class Shapes(IChatClient chat)
{
    private static readonly ChatOptions Short = new() { MaxOutputTokens = 20 };
    public async Task Queue(Queue<string> rows)
    {
        while (rows.TryDequeue(out var row))
            Console.WriteLine((await chat.GetResponseAsync("Tag: " + row, Short)).Text); // expected MAG003
    }
    public Task Query(List<string> rows) => Task.WhenAll(from row in rows select chat.GetResponseAsync("Tag: " + row, Short)); // expected MAG003
    public async Task Delegate(List<string> rows)
    {
        Func<string, Task<ChatResponse>> ask = row => chat.GetResponseAsync("Tag: " + row, Short); // expected MAG003
        foreach (var row in rows) Console.WriteLine((await ask(row)).Text);
    }
    public async Task RetryHelper(List<string> rows)
    {
        foreach (var row in rows)
            Console.WriteLine(await Retry(async () => (await chat.GetResponseAsync("Tag: " + row, Short)).Text)); // expected MAG003
    }
    private static async Task<string> Retry(Func<Task<string>> ask) { for (var i = 0; ; i++) try { return await ask(); } catch (HttpRequestException) when (i < 3) { } }
}
