using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Options;

/// <summary>What is known of options after following them to their origin.</summary>
/// <param name="Cap">Whether they set a cap.</param>
/// <param name="Creation">Where they are created, when that is one place in the same file: a fix can set the cap there.</param>
/// <param name="Model">The model that they name, when it is a constant.</param>
/// <param name="CapValue">The cap, when it is a constant.</param>
/// <param name="Carrier">Where what carries options is created without any, when that is one place in the same file.</param>
internal readonly record struct TrackedOptions(CapState Cap, SyntaxNode? Creation = null, string? Model = null, long? CapValue = null, SyntaxNode? Carrier = null)
{
    public static TrackedOptions Unknown => new(CapState.Unknown);

    private bool LacksCap => Cap is CapState.Uncapped or CapState.Absent;

    /// <summary>What holds when either may be the case.</summary>
    public TrackedOptions Or(TrackedOptions other)
    {
        if (Cap == other.Cap)
        {
            return new(Cap, ReferenceEquals(Creation, other.Creation) ? Creation : null, Model == other.Model ? Model : null, CapValue == other.CapValue ? CapValue : null, ReferenceEquals(Carrier, other.Carrier) ? Carrier : null);
        }

        if (Cap == CapState.Unknown || other.Cap == CapState.Unknown)
        {
            return Unknown;
        }

        // No options on one path and options without a cap on the other: uncapped either way, but no single place to fix.
        if (LacksCap && other.LacksCap)
        {
            return new(CapState.Uncapped);
        }

        // Where the one path without a cap creates its options, a fix can set it.
        SyntaxNode? creation = LacksCap && other.Cap == CapState.Capped ? Creation : other.LacksCap && Cap == CapState.Capped ? other.Creation : null;
        return new(CapState.PartlyCapped, creation);
    }
}
