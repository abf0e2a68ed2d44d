namespace Magsag.Cli.Prices;

/// <summary>What an import changes about one model.</summary>
internal enum PriceChangeKind
{
    /// <summary>The catalogue doesn't know the model yet.</summary>
    Added,

    /// <summary>A call costs less than before.</summary>
    Cheaper,

    /// <summary>A call costs more than before.</summary>
    Dearer,

    /// <summary>The provider no longer serves the model.</summary>
    Retired,

    /// <summary>Not imported: the price is suspicious or can't be read.</summary>
    Refused,
}
