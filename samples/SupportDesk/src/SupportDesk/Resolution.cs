namespace SupportDesk;

/// <summary>What the desk did with a ticket.</summary>
/// <param name="Answer">The answer that was sent; null when no article fits and a person has to answer.</param>
public sealed record Resolution(Ticket Ticket, TriageResult Triage, IReadOnlyList<Article> Articles, string? Answer)
{
    /// <summary>Whether a person has to answer.</summary>
    public bool NeedsPerson => Answer is null;
}
