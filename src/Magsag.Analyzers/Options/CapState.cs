namespace Magsag.Analyzers.Options;

/// <summary>What is known of the cap that options carry.</summary>
internal enum CapState
{
    /// <summary>They come from somewhere that can't be followed; a rule says nothing about them.</summary>
    Unknown,

    /// <summary>They set a cap.</summary>
    Capped,

    /// <summary>They are known to set none.</summary>
    Uncapped,

    /// <summary>They set a cap on some of the paths that lead to the call, and none on another.</summary>
    PartlyCapped,

    /// <summary>There are no options at all.</summary>
    Absent,
}
