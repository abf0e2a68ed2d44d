using System.Text.Json;

namespace SupportDesk;

/// <summary>The tickets and articles that come with the sample.</summary>
public static class SampleData
{
    private const string ArticlesFolder = "articles/";

    /// <summary>Reads the articles, in the order of their ids.</summary>
    public static IReadOnlyList<Article> ReadArticles() =>
    [
        .. typeof(SampleData).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ArticlesFolder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(ReadArticle),
    ];

    /// <summary>Reads the tickets, in the order of their arrival.</summary>
    public static IReadOnlyList<Ticket> ReadTickets()
    {
        using var stream = Open("tickets.json");
        return JsonSerializer.Deserialize<IReadOnlyList<Ticket>>(stream, JsonSerializerOptions.Web)!;
    }

    private static Article ReadArticle(string name)
    {
        using var reader = new StreamReader(Open(name));
        var title = reader.ReadLine()!.TrimStart('#', ' ');
        return new Article(Path.GetFileNameWithoutExtension(name), title, reader.ReadToEnd().ReplaceLineEndings("\n").Trim());
    }

    private static Stream Open(string name) =>
        typeof(SampleData).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The assembly has no resource '{name}'.");
}
