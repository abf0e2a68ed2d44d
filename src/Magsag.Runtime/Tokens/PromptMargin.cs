using Magsag.Pricing.Catalogue;

namespace Magsag.Runtime.Tokens;

/// <summary>What is added to a prompt's own tokens.</summary>
/// <param name="PerMessage">The tokens that a chat format puts around a message.</param>
/// <param name="PerChat">The tokens that it puts ahead of the answer.</param>
/// <param name="PerCall">The tokens that any request may have by itself.</param>
/// <param name="PerTool">The tokens that it puts around a tool.</param>
/// <param name="WithPunctuation">Whether schemas and arguments count with their braces and quotes, which no provider is known to hand on to its model.</param>
/// <param name="Factor">By how much the encoding of the model may differ from the one that is counted with.</param>
internal readonly record struct PromptMargin(int PerMessage, int PerChat, int PerCall, int PerTool, bool WithPunctuation, int Factor)
{
    // Encodings that aren't public differ from the one that is counted with; none known by more than this.
    private const int UnknownEncodingFactor = 2;

    /// <summary>What a prompt is likely to have, in the format that the encodings were made for.</summary>
    public static PromptMargin Likely { get; } = new(PerMessage: 4, PerChat: 3, PerCall: 0, PerTool: 0, WithPunctuation: false, Factor: 1);

    /// <summary>The most that a prompt can have: more than any known format needs.</summary>
    public static PromptMargin Most(ModelPrice? price) =>
        new(PerMessage: 8, PerChat: 0, PerCall: 32, PerTool: 8, WithPunctuation: true, Factor: price?.Provider is "openai" or "azure.ai.openai" ? 1 : UnknownEncodingFactor);
}
