namespace SupportDesk;

/// <summary>What a customer wrote to the desk.</summary>
public sealed record Ticket(string Id, string Customer, string Subject, string Text)
{
    /// <summary>The subject and the text as one text, the way the models read it.</summary>
    public string Question => $"{Subject}\n\n{Text}";
}
