using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Histories;

/// <summary>A list of messages that a call sends.</summary>
/// <param name="History">The variable with the list.</param>
/// <param name="Copy">The local variable that the list is copied into for the call; null when it is sent itself or copied on the spot.</param>
internal sealed record SentHistory(ISymbol History, ILocalSymbol? Copy);
