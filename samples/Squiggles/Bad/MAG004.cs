using Microsoft.Extensions.AI;

namespace Squiggles.Bad;

public sealed class VectorsOfItems(IEmbeddingGenerator<string, Embedding<float>> generator)
{
    public async Task PrintAsync(IReadOnlyList<string> texts)
    {
        foreach (string text in texts)
        {
            ReadOnlyMemory<float> vector = await generator.GenerateVectorAsync(text);
            Console.WriteLine($"{text}: {vector.Length}");
        }
    }
}
