namespace SupportDesk;

/// <summary>One article of the knowledge base.</summary>
public sealed record Article(string Id, string Title, string Text);
