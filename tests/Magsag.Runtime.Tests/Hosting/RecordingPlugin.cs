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
}
