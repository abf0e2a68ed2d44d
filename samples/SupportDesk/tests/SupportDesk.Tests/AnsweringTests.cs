namespace SupportDesk.Tests;

public sealed class AnsweringTests(ProviderFixture provider)
{
    private static readonly Ticket Export = new("T-1", "acme", "Export", "How long does the download link of an export work?");

    private static readonly Article[] Articles = [.. SampleData.ReadArticles().Where(article => article.Id == "kb-401-export")];

    private readonly Answering _answering = new(provider.Clients.Chat);

    [Fact]
    public async Task An_answer_names_the_article_that_it_rests_on()
    {
        var answer = await _answering.AnswerAsync(Export, Articles, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains("The link works for three days.", answer, StringComparison.Ordinal);
        Assert.EndsWith("[kb-401-export]", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_text_is_handed_on_while_it_arrives()
    {
        var pieces = new List<string>();

        var answer = await _answering.AnswerAsync(Export, Articles, pieces.Add, TestContext.Current.CancellationToken);

        Assert.True(pieces.Count > 10, $"The answer came in {pieces.Count} pieces.");
        Assert.Equal(answer, string.Concat(pieces));
    }
}
