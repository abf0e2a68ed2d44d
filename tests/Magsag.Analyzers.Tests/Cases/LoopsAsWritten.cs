// MAG003, MAG004, MAG020: loops as ingestion, evaluation and chat programs have them.
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Embeddings;
#pragma warning disable CS0618, SKEXP0001
public sealed class Chunk { public string Text { get; set; } = ""; public ReadOnlyMemory<float> Vector { get; set; } public string? Summary { get; set; } }
public sealed record Test(string Prompt, string Expected);
public sealed class Programs(IChatClient chat, IEmbeddingGenerator<string, Embedding<float>> generator, ITextEmbeddingGenerationService embeddings, IChatCompletionService completion, Kernel kernel, Action<object> save)
{
    private static readonly ChatOptions Short = new() { MaxOutputTokens = 20 };
    private static readonly string[] Three = ["a", "b", "c"];
    public async Task Ingestion(List<Chunk> chunks)
    {
        foreach (var chunk in chunks)
            chunk.Vector = (await generator.GenerateAsync(chunk.Text)).Vector; // expected MAG004
    }
    public async Task MissingOnly(List<Chunk> chunks)
    {
        foreach (var chunk in chunks)
        {
            if (chunk.Vector.Length > 0) continue;
            chunk.Vector = await embeddings.GenerateEmbeddingAsync(chunk.Text); // expected MAG004
        }
    }
    public async Task ListOfOne(List<Chunk> chunks)
    {
        foreach (var chunk in chunks)
            save(await generator.GenerateAsync([chunk.Text])); // expected MAG004
        foreach (var chunk in chunks)
            save(await embeddings.GenerateEmbeddingsAsync(new List<string> { chunk.Text })); // expected MAG004
    }
    public async Task Pairs(Dictionary<string, string> texts) { foreach (var (id, text) in texts) save((id, await generator.GenerateVectorAsync(text))); } // expected MAG004
    public async Task ByNumber(List<Chunk> chunks)
    {
        for (var i = 0; i < chunks.Count; i++)
        {
            var chunk = chunks[i];
            Console.WriteLine($"{i + 1}/{chunks.Count}");
            chunk.Vector = (await generator.GenerateAsync(chunk.Text)).Vector; // expected MAG004
        }
    }
    public Task Indexed(List<Chunk> chunks) => Task.WhenAll(chunks.Select(async (chunk, i) => (i, await generator.GenerateVectorAsync(chunk.Text)))); // expected MAG004
    public Task InParallel(List<Chunk> chunks) => Parallel.ForEachAsync(chunks, async (chunk, ct) => chunk.Summary = (await chat.GetResponseAsync("Sum up: " + chunk.Text, Short, ct)).Text); // expected MAG003
    public async Task Evaluation(List<Test> tests)
    {
        int passed = 0;
        foreach (var test in tests)
        {
            if (test.Prompt.Contains("skip")) continue;
            var answer = await chat.GetResponseAsync(test.Prompt, Short); // expected MAG003
            if (answer.Text == test.Expected) passed++;
        }
        save(passed);
    }
    public async Task MapReduce(List<Chunk> chunks)
    {
        var all = new StringBuilder();
        foreach (var chunk in chunks)
            all.AppendLine((await chat.GetResponseAsync($"Sum up: {chunk.Text}", Short)).Text); // expected MAG003
        save(await chat.GetResponseAsync("Sum up all: " + all, Short));
    }
    public async Task RetryInside(List<Chunk> chunks, CancellationToken token)
    {
        foreach (var chunk in chunks)
        {
            for (int attempt = 0; attempt < 3; attempt++)
            {
                try
                {
                    chunk.Summary = (await chat.GetResponseAsync("Sum up: " + chunk.Text, Short, token)).Text; // expected MAG003
                    break;
                }
                catch (HttpRequestException) { await Task.Delay(500, token); }
            }
            if (token.IsCancellationRequested) break;
        }
    }
    public async Task FromChannel(ChannelReader<string> reader)
    {
        await foreach (var row in reader.ReadAllAsync()) save(await chat.GetResponseAsync("Tag: " + row, Short)); // expected MAG003
        while (await reader.WaitToReadAsync())
            while (reader.TryRead(out var row)) save(await chat.GetResponseAsync("Tag: " + row, Short)); // expected MAG003
    }
    public async Task FromQueue(Queue<string> rows)
    {
        while (rows.Count > 0)
        {
            var row = rows.Dequeue();
            save(await chat.GetResponseAsync("Tag: " + row, Short)); // expected MAG003
        }
    }
    public async Task FreshHistory(List<Chunk> chunks)
    {
        foreach (var chunk in chunks)
        {
            var history = new ChatHistory("Sum up.");
            history.AddUserMessage(chunk.Text);
            chunk.Summary = (await completion.GetChatMessageContentAsync(history)).Content; // expected MAG003
        }
    }
    public async Task Prompts(List<Chunk> chunks)
    {
        string prompt;
        foreach (var chunk in chunks)
        {
            prompt = $"Sum up: {chunk.Text}";
            save(await kernel.InvokePromptAsync(prompt)); // expected MAG003
        }
    }
    public async Task Stream(List<string> rows)
    {
        foreach (var row in rows)
            await foreach (var update in chat.GetStreamingResponseAsync("Tag: " + row, Short)) save(update); // expected MAG003
    }

    public async Task FilledOnly(List<Chunk> chunks)
    {
        foreach (var chunk in chunks)
            if (chunk.Summary is null) chunk.Summary = (await chat.GetResponseAsync(chunk.Text, Short)).Text;
        foreach (var chunk in chunks)
            chunk.Summary ??= (await chat.GetResponseAsync(chunk.Text, Short)).Text;
    }
    public async Task OncePerText(List<string> rows)
    {
        var seen = new HashSet<string>();
        foreach (var row in rows)
        {
            if (!seen.Add(row)) continue;
            save(await chat.GetResponseAsync("Tag: " + row, Short));
        }
    }
    public async Task SameHistory(List<string> questions)
    {
        var history = new ChatHistory();
        foreach (var question in questions)
        {
            history.AddUserMessage(question);
            var answer = await completion.GetChatMessageContentAsync(history);
            history.AddAssistantMessage(answer.Content!);
        }
    }
    public async Task Repl()
    {
        while (true)
        {
            Console.Write("> ");
            var line = Console.ReadLine();
            if (line is null) break;
            save(await chat.GetResponseAsync(line, Short));
        }
    }
    public async Task Turns(List<string> speakers)
    {
        var last = "Begin.";
        foreach (var speaker in speakers)
        {
            var answer = await chat.GetResponseAsync($"{speaker}, answer this: {last}", Short);
            last = answer.Text;
        }
    }
    public async Task Models(string[] models, string question) { foreach (var model in models) save(await chat.GetResponseAsync(question, new ChatOptions { ModelId = model, MaxOutputTokens = 9 })); }
    public async Task Constants() { foreach (var text in Three) save(await chat.GetResponseAsync(text, Short)); }
    public async Task Measured() { for (int i = 0; i < 100; i++) save(await chat.GetResponseAsync("How fast are you?", Short)); }
    public async Task Worker(ChannelReader<string> reader, CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            var row = await reader.ReadAsync(token);
            save(await chat.GetResponseAsync("Tag: " + row, Short, token));
        }
    }
    public async Task Files(string[] paths)
    {
        foreach (var path in paths) save(await generator.GenerateVectorAsync(await File.ReadAllTextAsync(path)));
    }
    public async Task Pages(List<string> rows) { foreach (var page in rows.Chunk(100)) save(await generator.GenerateAsync(page)); }
}
