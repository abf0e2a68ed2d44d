namespace Magsag.Pricing.Costs;

/// <summary>Why a call has no price.</summary>
public enum MissingReason
{
    /// <summary>The catalogue doesn't know the model.</summary>
    UnknownModel,

    /// <summary>The model had no price yet when the call was made.</summary>
    NotInForce,

    /// <summary>The tier that the response names has no listed price.</summary>
    UnknownTier,

    /// <summary>Something that was used (output, searches …) has no listed price.</summary>
    UnlistedUnit,

    /// <summary>The token counts contradict each other.</summary>
    InvalidUsage,

    /// <summary>The call reported no usage.</summary>
    NoUsage,

    /// <summary>The call was recorded without a price, and the record doesn't say why.</summary>
    RecordedWithoutPrice,

    /// <summary>A part of what was billed isn't known; the cost of the rest is in the lower bound.</summary>
    LowerBound,
}
