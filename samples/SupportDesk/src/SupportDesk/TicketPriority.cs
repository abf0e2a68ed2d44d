namespace SupportDesk;

/// <summary>How soon a ticket has to be answered.</summary>
public enum TicketPriority
{
    /// <summary>A wish or a question that can wait.</summary>
    Low,

    /// <summary>In the order of arrival.</summary>
    Normal,

    /// <summary>The customer can't work or loses something.</summary>
    Urgent,
}
