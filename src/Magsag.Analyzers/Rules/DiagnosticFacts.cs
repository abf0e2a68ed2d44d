namespace Magsag.Analyzers;

/// <summary>The names of the facts that a rule hands to its fix.</summary>
internal static class DiagnosticFacts
{
    /// <summary>How the cap is to be added, one of <see cref="CapFixes"/>.</summary>
    public const string Fix = "magsag.fix";

    /// <summary>The full name of the options type.</summary>
    public const string OptionsType = "magsag.options_type";

    /// <summary>The name of the options parameter.</summary>
    public const string OptionsParameter = "magsag.options_parameter";

    /// <summary>The member that holds the cap.</summary>
    public const string CapMember = "magsag.cap_member";

    /// <summary>The cap to insert.</summary>
    public const string Cap = "magsag.cap";

    /// <summary>The model to insert.</summary>
    public const string Model = "magsag.model";

    /// <summary>The name of the cache that is in scope.</summary>
    public const string Cache = "magsag.cache";
}
