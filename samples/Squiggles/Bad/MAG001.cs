using Microsoft.Extensions.AI;
using OpenAI.Chat;
using OpenAI.Responses;

namespace Squiggles.Bad;

public sealed class UncappedCalls(IChatClient client, ChatClient chat, ResponsesClient responses)
{
    public async Task<string> AskAsync(string question) => (await client.GetResponseAsync(question)).Text;

    public async Task<string> AskCalmlyAsync(string question)
    {
        var options = new ChatOptions { Temperature = 0 };
        ChatResponse response = await client.GetResponseAsync(question, options);
        return response.Text;
    }

    public async Task<string> CompleteAsync(string question) => (await chat.CompleteChatAsync(question)).Value.Content[0].Text;

    public async Task<string> RespondAsync(string question) => (await responses.CreateResponseAsync("gpt-4o-mini", question)).Value.GetOutputText();
}
