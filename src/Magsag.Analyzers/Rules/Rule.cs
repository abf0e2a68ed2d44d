namespace Magsag.Analyzers;

/// <summary>What the descriptors of all rules have in common.</summary>
internal static class Rule
{
    public const string Category = "Cost";

    /// <summary>The address of the rules' pages, less the rule's id and the file name extension.</summary>
    public const string HelpRoot = "https://github.com/magsag/magsag/blob/main/docs/rules/";
}
