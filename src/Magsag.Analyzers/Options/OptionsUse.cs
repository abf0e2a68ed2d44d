namespace Magsag.Analyzers.Options;

/// <summary>What a use of an options variable does to the cap.</summary>
internal enum OptionsUse
{
    /// <summary>Nothing.</summary>
    Harmless,

    /// <summary>Sets it.</summary>
    SetsCap,

    /// <summary>Puts other options into the variable.</summary>
    Replaced,

    /// <summary>Hands the options to code that can't be followed.</summary>
    Escapes,
}
