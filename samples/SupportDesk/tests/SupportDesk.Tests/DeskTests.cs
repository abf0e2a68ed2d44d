using System.ClientModel;
using SupportDesk.Provider;

namespace SupportDesk.Tests;

public sealed class DeskTests(ProviderFixture provider)
{
    [Fact]
    public async Task Urgent_tickets_are_handled_first_and_wishes_last()
    {
        var desk = await OpenAsync(provider.Clients);

        var resolutions = await desk.HandleAsync(SampleData.ReadTickets(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(
            ["T-1002", "T-1001", "T-1003", "T-1004", "T-1005", "T-1006"],
            resolutions.Select(resolution => resolution.Ticket.Id));
    }

    [Fact]
    public async Task A_ticket_that_no_article_fits_goes_to_a_person_and_costs_no_answer()
    {
        await using var ownProvider = await LoopbackProvider.StartAsync(TestContext.Current.CancellationToken);
        using var clients = ModelClients.Connect(ownProvider.Endpoint, new ApiKeyCredential("key"), SupportDeskModels.FromEnvironment());
        var desk = await OpenAsync(clients);
        var wish = new Ticket("T-1", "borealis", "Toolbar", "I wonder whether a violet highlighter could be added someday.");

        var resolutions = await desk.HandleAsync([wish], cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(Assert.Single(resolutions).NeedsPerson);
        Assert.Equal(1, ownProvider.ChatRequests);
    }

    [Fact]
    public async Task A_resolution_is_handed_on_as_soon_as_it_is_reached()
    {
        var desk = await OpenAsync(provider.Clients);
        var handedOn = new List<Resolution>();

        var resolutions = await desk.HandleAsync([.. SampleData.ReadTickets().Take(2)], handedOn.Add, TestContext.Current.CancellationToken);

        Assert.Equal(resolutions, handedOn);
        Assert.All(handedOn, resolution => Assert.False(resolution.NeedsPerson));
    }

    private static async Task<Desk> OpenAsync(ModelClients clients)
    {
        var knowledge = await KnowledgeBase.IndexAsync(clients.Embeddings, SampleData.ReadArticles(), TestContext.Current.CancellationToken);
        return new Desk(new Triage(clients.Chat), knowledge, new Answering(clients.Chat));
    }
}
