// MAG004: texts in objects that are made of the item.
using Microsoft.Extensions.AI;

public sealed class Part
{
    public int Key { get; set; }
    public string Text { get; set; } = "";
    public ReadOnlyMemory<float> Vector { get; set; }
}

public sealed class Store(IEmbeddingGenerator<string, Embedding<float>> generator)
{
    public async Task Initialized(string file, List<string> chunks)
    {
        int key = 0;
        foreach (string chunk in chunks)
        {
            var part = new Part { Key = key++, Text = $"# {file}\n{chunk}" };
            part.Vector = (await generator.GenerateAsync(part.Text)).Vector; // expected MAG004
        }
    }

    public async Task SetLater(List<string> chunks)
    {
        foreach (string chunk in chunks)
        {
            var part = new Part();
            part.Text = chunk.Trim();
            part.Vector = await generator.GenerateVectorAsync(part.Text); // expected MAG004
        }
    }

    public async Task SetByAnswer(List<string> chunks)
    {
        foreach (string chunk in chunks)
        {
            var part = new Part { Text = await File.ReadAllTextAsync(chunk) };
            part.Vector = await generator.GenerateVectorAsync(part.Text);
        }
    }

    public async Task SetTwice(List<string> chunks, bool brief)
    {
        string last = "";
        foreach (string chunk in chunks)
        {
            var part = new Part { Text = chunk };
            part.Text = last + part.Text;
            part.Vector = await generator.GenerateVectorAsync(part.Text);
            last = chunk;
        }
    }
}
