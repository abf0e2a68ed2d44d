using Microsoft.Extensions.AI;

namespace Squiggles.Good;

public sealed class LongPrompts(IChatClient client, Func<string, string> findParagraph)
{
    // Only what the question is about.
    public async Task<string> AnswerAsync(string question) =>
        (await client.GetResponseAsync(findParagraph(question) + question, new ChatOptions { MaxOutputTokens = 100 })).Text;
}
