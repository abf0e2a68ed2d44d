namespace Magsag.Cli.Prices;

/// <summary>What to do with a model of another list.</summary>
internal enum ImportChoice
{
    /// <summary>Its prices hold from the day of the list on.</summary>
    Merge,

    /// <summary>Its prices replace the catalogue's, those of the past too: they were wrong.</summary>
    Correct,

    /// <summary>Its prices stay as they are; regions and channels that the catalogue lacks are added.</summary>
    Fill,

    /// <summary>It is left out.</summary>
    Skip,
}
