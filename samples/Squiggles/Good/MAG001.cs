using Microsoft.Extensions.AI;
using OpenAI.Chat;
using OpenAI.Responses;

namespace Squiggles.Good;

public sealed class CappedCalls(IChatClient client, ChatClient chat, ResponsesClient responses)
{
    public async Task<string> AskAsync(string question) => (await client.GetResponseAsync(question, new ChatOptions { MaxOutputTokens = 200 })).Text;

    public async Task<string> AskCalmlyAsync(string question)
    {
        var options = new ChatOptions { Temperature = 0, MaxOutputTokens = 200 };
        ChatResponse response = await client.GetResponseAsync(question, options);
        return response.Text;
    }

    public async Task<string> CompleteAsync(string question) =>
        (await chat.CompleteChatAsync([new UserChatMessage(question)], new ChatCompletionOptions { MaxOutputTokenCount = 200 })).Value.Content[0].Text;

    public async Task<string> RespondAsync(string question) =>
        (await responses.CreateResponseAsync(new CreateResponseOptions("gpt-4o-mini", [ResponseItem.CreateUserMessageItem(question)]) { MaxOutputTokenCount = 200 })).Value.GetOutputText();
}
