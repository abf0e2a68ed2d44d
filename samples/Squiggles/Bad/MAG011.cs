using Microsoft.Extensions.AI;

namespace Squiggles.Bad;

public static class ToolLoops
{
    public static IChatClient WithTools(IChatClient client) => client.AsBuilder().UseFunctionInvocation().Build();
}
