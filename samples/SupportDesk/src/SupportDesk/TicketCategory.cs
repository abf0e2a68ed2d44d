namespace SupportDesk;

/// <summary>What a ticket is about.</summary>
public enum TicketCategory
{
    /// <summary>Prices, plans, invoices and refunds.</summary>
    Billing,

    /// <summary>Signing in, members and their permissions.</summary>
    Account,

    /// <summary>Notes that don't arrive on another device.</summary>
    Sync,

    /// <summary>Export, import and deletion.</summary>
    Data,

    /// <summary>None of the above.</summary>
    Other,
}
