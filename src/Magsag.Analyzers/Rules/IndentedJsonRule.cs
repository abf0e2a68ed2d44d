using System.Collections.Immutable;
using Magsag.Analyzers.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Rules;

/// <summary>MAG007: indented JSON or XML in a prompt.</summary>
internal sealed class IndentedJsonRule : ICallRule
{
    public const string Id = "MAG007";

    /// <summary>Replace the member that asks for indentation.</summary>
    public const string TurnOff = "turn-off";

    /// <summary>The call by which a tree of JSON or XML writes itself compactly; null for other types.</summary>
    public static string? GetCompactCall(string type) => type switch
    {
        "XElement" or "XDocument" => "ToString(global::System.Xml.Linq.SaveOptions.DisableFormatting)",
        "JsonObject" or "JsonArray" => "ToJsonString()",
        "JObject" or "JArray" => "ToString(global::Newtonsoft.Json.Formatting.None)",
        _ => null,
    };

    public DiagnosticDescriptor Descriptor { get; } = RuleDescriptor.Create(
        Id,
        "Indented JSON in a prompt",
        "Indented for people, read by a model: a fifth to a half of these tokens are line breaks and spaces",
        DiagnosticSeverity.Info,
        "Line breaks and spaces are tokens. A model reads compact JSON just as well.");

    public Diagnostic? Analyze(LlmCall call, FileContext context)
    {
        foreach (ExpressionSyntax expression in call.GetPrompt(context))
        {
            foreach (InvocationExpressionSyntax invocation in expression.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>())
            {
                if (FindIndentation(invocation, call.Semantics, context.CancellationToken) is { } indentation)
                {
                    ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Fix, IsOwnSetting(indentation) ? TurnOff : null);
                    return Diagnostic.Create(Descriptor, invocation.GetLocation(), [indentation.GetLocation()], properties);
                }
            }
        }

        return null;
    }

    // Set in the very call that writes: options in a variable may be shared with other code.
    private static bool IsOwnSetting(SyntaxNode indentation) => indentation switch
    {
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax created } } => created.Parent is ArgumentSyntax || IndentedWriters.IsWriter(created),
        _ => true,
    };

    // The cause of the indentation: an argument, a member of the options, or the writer that wrote the text.
    private static SyntaxNode? FindIndentation(InvocationExpressionSyntax invocation, SemanticModel semantics, CancellationToken cancellationToken)
    {
        string? name = (invocation.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText;
        if (name is not ("Serialize" or "SerializeToElement" or "SerializeObject" or "ToJsonString" or "ToString"))
        {
            return null;
        }

        if (IsIndentedByDefault(invocation, name, semantics, cancellationToken))
        {
            return invocation.ArgumentList;
        }

        foreach (ArgumentSyntax argument in invocation.ArgumentList.Arguments)
        {
            if (argument.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Indented" } formatting && semantics.GetTypeInfo(formatting, cancellationToken).Type?.Name == "Formatting")
            {
                return formatting;
            }

            if (WriterOptions.FindMember(argument.Expression, "JsonSerializerOptions", "WriteIndented", semantics, cancellationToken) is { } member)
            {
                return member;
            }
        }

        return IndentedWriters.FindIndentation(invocation, semantics, cancellationToken);
    }

    // Trees of XML and JSON write themselves indented by default.
    private static bool IsIndentedByDefault(InvocationExpressionSyntax invocation, string name, SemanticModel semantics, CancellationToken cancellationToken) =>
        name == "ToString" && invocation is { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax access }
        && semantics.GetTypeInfo(access.Expression, cancellationToken).Type is { } type && GetCompactCall(type.Name) is not null;
}
