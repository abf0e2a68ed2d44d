using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers;

/// <summary>What the descriptors of all rules have in common.</summary>
internal static class Rule
{
    public const string Category = "Cost";

    /// <summary>The address of the rules' pages, less the rule's id and the file name extension.</summary>
    private const string HelpRoot = "https://github.com/magsag/magsag/blob/main/docs/rules/";

    /// <summary>A descriptor whose message is the finding's own text, with its figures.</summary>
    public static DiagnosticDescriptor Describe(string id, string title, DiagnosticSeverity severity, string why) =>
        new(id, title, "{0}", Category, severity, isEnabledByDefault: true, why, HelpRoot + id + ".md");
}
