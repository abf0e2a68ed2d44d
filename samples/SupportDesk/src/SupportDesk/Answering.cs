using System.Text;
using Magsag.Runtime;
using Microsoft.Extensions.AI;

namespace SupportDesk;

/// <summary>The agent that answers tickets from articles.</summary>
public sealed class Answering(IChatClient chat)
{
    private const string Instructions =
        """
        You answer the customers of Harbour Notes, a note-taking app for teams.
        Use only what the articles below say, in at most four sentences, and end with the ids of the articles in brackets.
        """;

    /// <summary>Answers a ticket and hands on the text while it arrives.</summary>
    /// <remarks>
    /// Not an iterator itself: what flows with async calls, such as a cost scope, is gone from an iterator after its first yield.
    /// </remarks>
    public async Task<string> AnswerAsync(
        Ticket ticket,
        IReadOnlyList<Article> articles,
        Action<string>? onText = null,
        CancellationToken cancellationToken = default)
    {
        using var scope = CostScope.Begin(agent: "answering", customer: ticket.Customer);

        var answer = new StringBuilder();
        var updates = chat.GetStreamingResponseAsync(
            [new ChatMessage(ChatRole.System, InstructionsWith(articles)), new ChatMessage(ChatRole.User, ticket.Question)],
            new ChatOptions { MaxOutputTokens = 300, Temperature = 0 },
            cancellationToken);

        await foreach (var update in updates)
        {
            answer.Append(update.Text);
            onText?.Invoke(update.Text);
        }

        return answer.ToString();
    }

    private static string InstructionsWith(IReadOnlyList<Article> articles) =>
        string.Join('\n', articles.Select(article => $"<article id=\"{article.Id}\" title=\"{article.Title}\">\n{article.Text}\n</article>").Prepend(Instructions));
}
