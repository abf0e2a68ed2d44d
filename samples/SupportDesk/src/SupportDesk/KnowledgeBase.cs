using System.Numerics.Tensors;
using Magsag.Runtime;
using Microsoft.Extensions.AI;

namespace SupportDesk;

/// <summary>The articles of the desk, found by meaning.</summary>
public sealed class KnowledgeBase
{
    private const string Agent = "retrieval";
    private const int MaxArticles = 2;

    /// <summary>Below this cosine similarity an article is about something else.</summary>
    private const float MinSimilarity = 0.2f;

    private readonly IEmbeddingGenerator<string, Embedding<float>> _embeddings;
    private readonly IReadOnlyList<(Article Article, Embedding<float> Embedding)> _index;

    private KnowledgeBase(
        IEmbeddingGenerator<string, Embedding<float>> embeddings,
        IReadOnlyList<(Article Article, Embedding<float> Embedding)> index)
    {
        _embeddings = embeddings;
        _index = index;
    }

    /// <summary>Indexes articles: one request embeds all of them.</summary>
    public static async Task<KnowledgeBase> IndexAsync(
        IEmbeddingGenerator<string, Embedding<float>> embeddings,
        IReadOnlyList<Article> articles,
        CancellationToken cancellationToken = default)
    {
        using var scope = CostScope.Begin(agent: Agent);

        var vectors = await embeddings.GenerateAsync(
            articles.Select(article => $"{article.Title}\n\n{article.Text}"),
            cancellationToken: cancellationToken);

        return new KnowledgeBase(embeddings, [.. articles.Zip(vectors)]);
    }

    /// <summary>The articles nearest to each ticket, nearest first; none when nothing is near. One request embeds all tickets.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<Article>>> FindAsync(
        IReadOnlyList<Ticket> tickets,
        CancellationToken cancellationToken = default)
    {
        if (tickets.Count == 0)
        {
            return [];
        }

        using var scope = CostScope.Begin(agent: Agent);

        var vectors = await _embeddings.GenerateAsync(
            tickets.Select(ticket => ticket.Question),
            cancellationToken: cancellationToken);

        return [.. vectors.Select(Nearest)];
    }

    private IReadOnlyList<Article> Nearest(Embedding<float> question) =>
    [
        .. _index
            .Select(entry => (entry.Article, Similarity: TensorPrimitives.CosineSimilarity(question.Vector.Span, entry.Embedding.Vector.Span)))
            .Where(candidate => candidate.Similarity >= MinSimilarity)
            .OrderByDescending(candidate => candidate.Similarity)
            .Take(MaxArticles)
            .Select(candidate => candidate.Article),
    ];
}
