using Magsag.Ledger.Limits;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

/// <summary>What an app loads into a context that it unloads later: it records and closes nothing.</summary>
public static class RecordingPlugin
{
    public static void Run(string runsDirectory)
    {
        IChatClient client = new FixedClient("gpt-4o-mini").AsBuilder().UseCostTracking(options => options.RunsDirectory = runsDirectory).Build();
        using (CostScope.Begin(run: "r1"))
        {
            client.GetResponseAsync("hi").GetAwaiter().GetResult();
            client.GetResponseAsync("hi").GetAwaiter().GetResult();
        }

        client.GetResponseAsync("hi").GetAwaiter().GetResult();
    }

    public static void RunWithinBudget(string runsDirectory)
    {
        using IChatClient client = new FixedClient("gpt-4o-mini").AsBuilder()
            .UseBudget(new CostPolicy { Limits = [new PolicyLimit("r", LimitSubject.Everything, null, LimitPeriod.Run, 1m)] })
            .UseCostTracking(options => options.RunsDirectory = runsDirectory)
            .Build();
        for (int call = 0; call < 3; call++)
        {
            client.GetResponseAsync("hi", new ChatOptions { ModelId = "gpt-4o-mini", MaxOutputTokens = 10 }).GetAwaiter().GetResult();
        }
    }
}
