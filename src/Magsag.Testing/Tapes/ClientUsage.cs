using Magsag.Pricing.Tokens;

namespace Magsag.Testing.Tapes;

/// <summary>The usage of an answer that a client of Microsoft.Extensions.AI gave, as a cassette keeps it.</summary>
internal static class ClientUsage
{
    public static Usage Read(JsonObject answer) => new()
    {
        InputTokens = Pieces.Count(answer["usage"], "input"),
        OutputTokens = Pieces.Count(answer["usage"], "output"),
        ReasoningTokens = Pieces.Count(answer["usage"], "reasoning"),
    };
}
