// MAG001, MAG003: agents of Semantic Kernel, whose settings are in their arguments; and prompt functions that are imported, whose settings are in files.
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Agents;
using Microsoft.SemanticKernel.Connectors.OpenAI;
public sealed class SkAgents(Kernel injected)
{
    private readonly ChatCompletionAgent _agent = new() { Kernel = injected, Instructions = "Be brief." };
    public async Task Ask(string q, string key)
    {
        var kernel = Kernel.CreateBuilder().AddOpenAIChatCompletion("gpt-4o-mini", key).Build();
        ChatCompletionAgent agent = new() { Instructions = "Be brief.", Kernel = kernel };
        await foreach (var answer in agent.InvokeAsync(q)) Console.WriteLine(answer.Message); // expected MAG001
        await foreach (var answer in agent.InvokeStreamingAsync(q)) Console.WriteLine(answer.Message); // expected MAG001
        await foreach (var answer in agent.InvokeAsync(q, options: new AgentInvokeOptions { KernelArguments = new(new OpenAIPromptExecutionSettings { MaxTokens = 200 }) })) Console.WriteLine(answer.Message);
        await foreach (var answer in _agent.InvokeAsync(q)) Console.WriteLine(answer.Message); // expected MAG001
    }
    public async Task Capped(string q, Kernel kernel)
    {
        ChatCompletionAgent agent = new() { Kernel = kernel, Arguments = new KernelArguments(new OpenAIPromptExecutionSettings { MaxTokens = 300 }) };
        await foreach (var answer in agent.InvokeAsync(q)) Console.WriteLine(answer.Message);
        ChatCompletionAgent cold = new() { Kernel = kernel, Arguments = new(new OpenAIPromptExecutionSettings { Temperature = 0 }) };
        await foreach (var answer in cold.InvokeAsync(q)) Console.WriteLine(answer.Message); // expected MAG001
    }
    public async Task FromOutside(ChatCompletionAgent agent, Agent any, string q)
    {
        await foreach (var answer in agent.InvokeAsync(q)) Console.WriteLine(answer.Message);
        await foreach (var answer in any.InvokeAsync(q)) Console.WriteLine(answer.Message);
    }
    public async Task Each(List<string> rows, string key)
    {
        var kernel = Kernel.CreateBuilder().AddOpenAIChatCompletion("gpt-4o-mini", key).Build();
        ChatCompletionAgent agent = new() { Instructions = "Classify.", Kernel = kernel };
        foreach (var row in rows)
            await foreach (var answer in agent.InvokeAsync(row)) Console.WriteLine(answer.Message); // expected MAG001 MAG003
    }
    public async Task Imported(List<string> pages)
    {
        var plugin = injected.ImportPluginFromPromptDirectory("Prompts/Writer");
        foreach (var page in pages)
            Console.WriteLine(await injected.InvokeAsync(plugin["Summarise"], new KernelArguments { ["input"] = page })); // expected MAG003
        var native = injected.ImportPluginFromObject(new object());
        foreach (var page in pages)
            Console.WriteLine(await injected.InvokeAsync(native["Summarise"], new KernelArguments { ["input"] = page }));
    }
    public async Task ByName(List<string> pages)
    {
        foreach (var page in pages)
            Console.WriteLine(await injected.InvokeAsync("Writer", "Summarise", new KernelArguments { ["input"] = page }));
    }
}
namespace Microsoft.SemanticKernel.Agents
{
    public sealed record AgentResponseItem(string Message);
    public class AgentInvokeOptions { public KernelArguments? KernelArguments { get; init; } }
    public abstract class Agent
    {
        public Kernel Kernel { get; init; } = new();
        public KernelArguments? Arguments { get; init; }
        public string? Instructions { get; init; }
        public IAsyncEnumerable<AgentResponseItem> InvokeAsync(string message, object? thread = null, AgentInvokeOptions? options = null, CancellationToken cancellationToken = default) => null!;
        public IAsyncEnumerable<AgentResponseItem> InvokeStreamingAsync(string message, object? thread = null, AgentInvokeOptions? options = null, CancellationToken cancellationToken = default) => null!;
    }
    public sealed class ChatCompletionAgent : Agent;
}
