namespace SupportDesk.Provider.Chat;

/// <summary>What a streaming request asks for besides the text.</summary>
internal sealed record StreamOptions(bool IncludeUsage = false);
