namespace SupportDesk;

/// <summary>The support desk: triages tickets, retrieves articles for them and answers.</summary>
public sealed class Desk(Triage triage, KnowledgeBase knowledge, Answering answering)
{
    /// <summary>Handles tickets, the urgent ones first, and hands on every resolution as soon as it is reached.</summary>
    public async Task<IReadOnlyList<Resolution>> HandleAsync(
        IReadOnlyList<Ticket> tickets,
        Action<Resolution>? onResolved = null,
        CancellationToken cancellationToken = default)
    {
        var triaged = new List<(Ticket Ticket, TriageResult Triage)>(tickets.Count);
        foreach (var ticket in tickets)
        {
            triaged.Add((ticket, await triage.ClassifyAsync(ticket, cancellationToken)));
        }

        var queue = triaged.OrderByDescending(entry => entry.Triage.Priority).ToList();
        var articles = await knowledge.FindAsync([.. queue.Select(entry => entry.Ticket)], cancellationToken);

        var resolutions = new List<Resolution>(tickets.Count);
        foreach (var ((ticket, result), found) in queue.Zip(articles))
        {
            // Without an article there is nothing to answer from: asking the model anyway would cost money for a guess.
            var answer = found.Count == 0 ? null : await answering.AnswerAsync(ticket, found, cancellationToken: cancellationToken);
            var resolution = new Resolution(ticket, result, found, answer);
            resolutions.Add(resolution);
            onResolved?.Invoke(resolution);
        }

        return resolutions;
    }
}
