// MAG001, MAG002: agents of Foundry, of Anthropic (which caps by itself) and of workflows. A name of a deployment is no model.
using Anthropic;
using Anthropic.Models.Beta.Agents;
using Azure.AI.Projects;
using Microsoft.Agents.AI;
using Microsoft.Agents.AI.Workflows;
using Microsoft.Extensions.AI;
public static class Agents
{
    public static async Task Foundry(AIProjectClient project)
    {
        AIAgent agent = new AIProjectClient(new Uri("https://a.example")).AsAIAgent(model: "gpt-5.4-mini", instructions: "You tell jokes.");
        Console.WriteLine(await agent.RunAsync("About a pirate")); // expected MAG001
        Console.WriteLine(await project.AsAIAgent("gpt-4o", "Be brief.").RunAsync("About a pirate")); // expected MAG001
    }
    public static async Task Stored(AIProjectClient project, AgentVersion version) => Console.WriteLine(await project.AsAIAgent(version).RunAsync("About a pirate"));
    public static async Task Claude(string key, string q)
    {
        AIAgent agent = new AnthropicClient { ApiKey = key }.AsAIAgent(model: "claude-haiku-4-5", instructions: "Be brief.");
        Console.WriteLine(await agent.RunAsync(q));
        AIAgent strong = new AnthropicClient { ApiKey = key }.AsAIAgent(model: "claude-opus-4-5", instructions: "Be brief."); // expected MAG002
        Console.WriteLine(await strong.RunAsync(q));
    }
    public static async Task Factory(IChatClient chat, string q)
    {
        AIAgent agent = chat.AsAIAgent(instructions: "Be brief.", clientFactory: inner => inner.AsBuilder().ConfigureOptions(o => o.MaxOutputTokens = 900).Build());
        Console.WriteLine(await agent.RunAsync(q));
        AIAgent traced = chat.AsAIAgent(instructions: "Be brief.", clientFactory: inner => inner.AsBuilder().UseOpenTelemetry().Build());
        Console.WriteLine(await traced.RunAsync(q)); // expected MAG001
    }
    public static async Task OfWorkflow(IChatClient chat, string q)
    {
        AIAgent writer = new ChatClientAgent(chat, new ChatClientAgentOptions { ChatOptions = new() { MaxOutputTokens = 300 } });
        AIAgent both = new Workflow(writer).AsAIAgent();
        Console.WriteLine(await both.RunAsync(q));
    }
    public static AgentCreateParams Managed() => new() { Name = "a", Model = BetaManagedAgentsModel.ClaudeOpus4_5 }; // expected MAG002
}
public sealed class Writer
{
    private readonly AIAgent _agent;
    private readonly AIAgent _short;
    public Writer(OpenAI.Chat.ChatClient chat)
    {
        ChatClientAgentOptions options = new() { ChatOptions = new() { Instructions = "Write.", ResponseFormat = ChatResponseFormat.Json } };
        _agent = chat.AsIChatClient().AsAIAgent(options);
        ChatClientAgentOptions capped = new() { ChatOptions = new() { Instructions = "Write.", MaxOutputTokens = 100 } };
        _short = new ChatClientAgent(chat.AsIChatClient(), capped);
    }
    public Task<AgentResponse> Handle(string message) => _agent.RunAsync(message); // expected MAG001
    public Task<AgentResponse> HandleShort(string message) => _short.RunAsync(message);
}
namespace Azure.AI.Projects
{
    public sealed record AgentVersion;
    public sealed class AIProjectClient(Uri endpoint) { public Uri Endpoint => endpoint; }
    public static class AzureAIProjectChatClientExtensions
    {
        public static ChatClientAgent AsAIAgent(this AIProjectClient client, string model, string instructions, Func<IChatClient, IChatClient>? clientFactory = null) => null!;
        public static ChatClientAgent AsAIAgent(this AIProjectClient client, AgentVersion version) => null!;
    }
}
namespace Anthropic
{
    public static class AnthropicAgentExtensions
    {
        public static ChatClientAgent AsAIAgent(this IAnthropicClient client, string model, string? instructions = null, int? defaultMaxTokens = null, Func<IChatClient, IChatClient>? clientFactory = null) => null!;
    }
}
namespace Microsoft.Agents.AI.Workflows
{
    public sealed class Workflow(AIAgent agent) { public AIAgent Agent => agent; }
    public static class WorkflowHostingExtensions { public static AIAgent AsAIAgent(this Workflow workflow) => workflow.Agent; }
}
namespace Microsoft.Agents.AI
{
    public static class ClientAgents
    {
        public static ChatClientAgent AsAIAgent(this IChatClient client, string instructions, Func<IChatClient, IChatClient> clientFactory) => null!;
    }
}
