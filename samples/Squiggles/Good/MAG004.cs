using Microsoft.Extensions.AI;

namespace Squiggles.Good;

public sealed class VectorsOfItems(IEmbeddingGenerator<string, Embedding<float>> generator)
{
    public async Task PrintAsync(IReadOnlyList<string> texts)
    {
        foreach ((string text, Embedding<float> embedding) in texts.Zip(await generator.GenerateAsync(texts)))
        {
            Console.WriteLine($"{text}: {embedding.Vector.Length}");
        }
    }
}
