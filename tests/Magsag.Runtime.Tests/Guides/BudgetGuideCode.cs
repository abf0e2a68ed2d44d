using System.ClientModel;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using OpenAI;
using OpenAI.Chat;

namespace Magsag.Runtime.Tests;

/// <summary>The code of docs/guides/budgets.md, line by line, so that the compiler sees it.</summary>
internal static class BudgetGuideCode
{
    public static IChatClient Chat(IChatClient inner)
    {
        CostPolicy policy = PolicyFile.Read("catalog/policies/cost_governance.yaml");
        IChatClient client = inner.AsBuilder()
            .UseBudget(policy, budget =>
            {
                budget.DefaultMaxOutputTokens = 500;
                budget.Fallbacks.Add(BudgetFallback.CheaperModel("gpt-4o-mini"));
                budget.Fallbacks.Add(BudgetFallback.WaitForWindow(TimeSpan.FromMinutes(5)));
                budget.Approval = Approval.FromFile("approved-models.txt");
            })
            .UseCostTracking()
            .Build();
        return client;
    }

    public static IEmbeddingGenerator<string, Embedding<float>> Embed(IEmbeddingGenerator<string, Embedding<float>> generator, CostPolicy policy)
    {
        var guard = new BudgetGuard(policy);
        IEmbeddingGenerator<string, Embedding<float>> embeddings = generator.AsBuilder().UseBudget(guard).UseCostTracking().Build();
        return embeddings;
    }

#pragma warning disable MEAI001
    public static IImageGenerator Draw(IImageGenerator generator, BudgetGuard guard)
    {
        IImageGenerator images = generator.AsBuilder().UseBudget(guard).UseCostTracking().Build();
        return images;
    }
#pragma warning restore MEAI001

    public static (ChatClient Chat, HttpClient Http) Requests(ApiKeyCredential key, BudgetGuard guard)
    {
        var chat = new ChatClient("gpt-4o-mini", key, new OpenAIClientOptions().AddBudget(guard).AddCostTracking());
        var http = new HttpClient(new BudgetHandler(guard) { InnerHandler = new CostTrackingHandler() });
        return (chat, http);
    }

    public static void Alert(ChatClientBuilder builder, CostPolicy policy, ILogger logger)
    {
        CostMonitor monitor = CostMonitor.For(policy, logger);
        builder.UseCostTracking(options => options.Monitor = monitor);
    }
}
