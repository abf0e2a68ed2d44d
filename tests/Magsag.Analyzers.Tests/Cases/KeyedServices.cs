// MAG001: a local client under a key stands behind that key only; so does a cap.
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OllamaSharp;
public static class Registrations
{
    public static void Add(IServiceCollection services, string key)
    {
        services.AddKeyedChatClient("local", new OllamaApiClient(new Uri("http://localhost:11434"), "phi4"));
        services.AddKeyedChatClient("short", _ => new OpenAI.OpenAIClient(key).GetChatClient("gpt-4o-mini").AsIChatClient()).ConfigureOptions(o => o.MaxOutputTokens = 100);
        services.AddChatClient(new OpenAI.OpenAIClient(key).GetChatClient("gpt-4o-mini").AsIChatClient()).UseFunctionInvocation(configure: c => c.MaximumIterationsPerRequest = 5);
    }
}
public sealed class Services(IChatClient chat, [FromKeyedServices("local")] IChatClient local, [FromKeyedServices("short")] IChatClient brief, [FromKeyedServices("big")] IChatClient big, IServiceProvider provider)
{
    public Task<ChatResponse> Ask(string q) => chat.GetResponseAsync(q); // expected MAG001
    public Task<ChatResponse> AskLocal(string q) => local.GetResponseAsync(q);
    public Task<ChatResponse> AskShort(string q) => brief.GetResponseAsync(q);
    public Task<ChatResponse> AskBig(string q) => big.GetResponseAsync(q); // expected MAG001
    public Task<ChatResponse> AskProvider(string q) => provider.GetRequiredService<IChatClient>().GetResponseAsync(q); // expected MAG001
    public Task<ChatResponse> AskKeyed(string q) => provider.GetRequiredKeyedService<IChatClient>("local").GetResponseAsync(q);
}
