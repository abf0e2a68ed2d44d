using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers;

/// <summary>Makes the descriptors of all rules, so that category and help link are the same everywhere.</summary>
internal static class Rule
{
    public const string Category = "Cost";

    public static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity, string description) => new(
        id,
        title,
        message,
        Category,
        severity,
        isEnabledByDefault: true,
        description,
        helpLinkUri: $"https://github.com/magsag/magsag/blob/main/docs/rules/{id}.md");
}
