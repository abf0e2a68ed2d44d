using System.ClientModel;
using SupportDesk;
using SupportDesk.Provider;

await using var provider = await LoopbackProvider.StartAsync();
var models = SupportDeskModels.FromEnvironment();
using var clients = ModelClients.Connect(provider.Endpoint, new ApiKeyCredential("any key will do"), models);

Console.WriteLine($"Support desk with {models.Chat} and {models.Embeddings} at {provider.Endpoint}");

try
{
    var knowledge = await KnowledgeBase.IndexAsync(clients.Embeddings, SampleData.ReadArticles());
    var desk = new Desk(new Triage(clients.Chat), knowledge, new Answering(clients.Chat));
    await desk.HandleAsync(SampleData.ReadTickets(), Print);
    return 0;
}
catch (ClientResultException refusal)
{
    Console.Error.WriteLine($"The provider refused a request with {models.Chat} (named by {SupportDeskModels.Switch}): {refusal.Message}");
    return 1;
}

static void Print(Resolution resolution)
{
    var (ticket, triage, _, answer) = resolution;
    Console.WriteLine();
    Console.WriteLine($"{ticket.Id} {ticket.Subject} ({ticket.Customer}): {triage.Category}, {triage.Priority}");
    Console.WriteLine(answer ?? "No article fits: a person has to answer.");
}
