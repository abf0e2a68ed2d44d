// MAG004: the text is a member of the item or computed from it: in a foreach, through a local, in Task.Run and in an asynchronous lambda.
using Microsoft.Extensions.AI;
public sealed record Article(int Id, string Title, string Body) { public float[] Vector { get; set; } = []; }
public sealed class Indexer(IEmbeddingGenerator<string, Embedding<float>> generator)
{
    public async Task Member(List<Article> articles)
    {
        foreach (var article in articles)
            article.Vector = (await generator.GenerateVectorAsync(article.Body)).ToArray(); // expected MAG004
    }
    public async Task Local(List<Article> articles)
    {
        foreach (var article in articles)
        {
            var text = $"{article.Title}: {article.Body}";
            var vector = await generator.GenerateVectorAsync(text); // expected MAG004
            article.Vector = vector.ToArray();
        }
    }
    public Task Tasks(List<Article> articles) => Task.WhenAll(articles.Select(article => Task.Run(async () =>
    {
        article.Vector = (await generator.GenerateAsync(article.Body)).Vector.ToArray(); // expected MAG004
    })));
    public async Task<float[][]> AsyncLambda(List<Article> articles) =>
        await Task.WhenAll(articles.Select(async article => (await generator.GenerateVectorAsync(article.Body)).ToArray())); // expected MAG004
}
