using Microsoft.Extensions.AI;

namespace Squiggles.Good;

public static class ToolLoops
{
    public static IChatClient WithTools(IChatClient client) => client.AsBuilder().UseFunctionInvocation(configure: loop => loop.MaximumIterationsPerRequest = 10).Build();
}
