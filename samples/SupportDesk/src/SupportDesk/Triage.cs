using Magsag.Runtime;
using Microsoft.Extensions.AI;

namespace SupportDesk;

/// <summary>The agent that sorts tickets by category and priority.</summary>
public sealed class Triage(IChatClient chat)
{
    private const string Instructions =
        """
        You sort the tickets of a support desk for Harbour Notes, a note-taking app for teams.
        Choose the category that the customer needs help with, and the priority: urgent when the customer can't work
        or loses something, low for wishes and questions that can wait, normal for everything else.
        """;

    /// <summary>Finds out what a ticket is about and how urgent it is.</summary>
    public async Task<TriageResult> ClassifyAsync(Ticket ticket, CancellationToken cancellationToken = default)
    {
        using var scope = CostScope.Begin(agent: "triage", customer: ticket.Customer);

        var response = await chat.GetResponseAsync<TriageResult>(
            [new ChatMessage(ChatRole.System, Instructions), new ChatMessage(ChatRole.User, ticket.Question)],
            new ChatOptions { MaxOutputTokens = 60, Temperature = 0 },
            cancellationToken: cancellationToken);

        return response.Result;
    }
}
