using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Rules;

/// <summary>Creates the descriptors of rules.</summary>
internal static class RuleDescriptor
{
    private const string Category = "Cost";

    // The folder of the rules' pages, each named after its rule.
    private const string HelpFolder = "https://github.com/magsag/magsag/blob/main/docs/rules/";

    /// <summary>A rule with the message of its most usual finding.</summary>
    public static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity, string why) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, why, HelpFolder + id + ".md");

    /// <summary>The same rule with the message of another finding.</summary>
    public static DiagnosticDescriptor WithMessage(this DiagnosticDescriptor rule, string message) =>
        new(rule.Id, rule.Title, message, rule.Category, rule.DefaultSeverity, rule.IsEnabledByDefault, rule.Description, rule.HelpLinkUri);
}
