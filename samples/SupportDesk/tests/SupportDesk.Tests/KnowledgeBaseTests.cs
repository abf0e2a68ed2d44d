using System.ClientModel;
using SupportDesk.Provider;

namespace SupportDesk.Tests;

public sealed class KnowledgeBaseTests(ProviderFixture provider)
{
    [Fact]
    public async Task The_nearest_article_comes_first()
    {
        var knowledge = await IndexAsync(provider.Clients);

        var found = await knowledge.FindAsync(
            [new Ticket("T-1", "cumulus", "Notes missing", "Notes do not sync from my phone to the tablet.")],
            TestContext.Current.CancellationToken);

        Assert.Equal("kb-301-sync", Assert.Single(found)[0].Id);
    }

    [Fact]
    public async Task Every_ticket_gets_its_own_articles()
    {
        var knowledge = await IndexAsync(provider.Clients);

        var found = await knowledge.FindAsync(
            [
                new Ticket("T-1", "acme", "Export", "How do I export all notes of the workspace?"),
                new Ticket("T-2", "acme", "Duplicate charge", "Please refund the duplicate charge on our card."),
            ],
            TestContext.Current.CancellationToken);

        Assert.Equal(["kb-401-export", "kb-101-refunds"], found.Select(articles => articles[0].Id));
    }

    [Fact]
    public async Task A_ticket_about_something_else_finds_nothing()
    {
        var knowledge = await IndexAsync(provider.Clients);

        var found = await knowledge.FindAsync(
            [new Ticket("T-1", "delphi", "Colours", "A violet highlighter beside the yellow marker would look splendid.")],
            TestContext.Current.CancellationToken);

        Assert.Empty(Assert.Single(found));
    }

    [Fact]
    public async Task All_articles_are_embedded_in_one_request_and_all_tickets_in_another()
    {
        await using var ownProvider = await LoopbackProvider.StartAsync(TestContext.Current.CancellationToken);
        using var clients = ModelClients.Connect(ownProvider.Endpoint, new ApiKeyCredential("key"), SupportDeskModels.Default);

        var knowledge = await IndexAsync(clients);
        await knowledge.FindAsync(SampleData.ReadTickets(), TestContext.Current.CancellationToken);

        Assert.Equal(2, ownProvider.EmbeddingRequests);
    }

    [Fact]
    public async Task No_tickets_need_no_request()
    {
        await using var ownProvider = await LoopbackProvider.StartAsync(TestContext.Current.CancellationToken);
        using var clients = ModelClients.Connect(ownProvider.Endpoint, new ApiKeyCredential("key"), SupportDeskModels.Default);
        var knowledge = await IndexAsync(clients);

        Assert.Empty(await knowledge.FindAsync([], TestContext.Current.CancellationToken));
        Assert.Equal(1, ownProvider.EmbeddingRequests);
    }

    private static Task<KnowledgeBase> IndexAsync(ModelClients clients) =>
        KnowledgeBase.IndexAsync(clients.Embeddings, SampleData.ReadArticles(), TestContext.Current.CancellationToken);
}
