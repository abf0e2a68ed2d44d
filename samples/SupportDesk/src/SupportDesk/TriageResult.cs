namespace SupportDesk;

/// <summary>Where a ticket belongs and how soon it has to be answered.</summary>
public sealed record TriageResult(TicketCategory Category, TicketPriority Priority);
