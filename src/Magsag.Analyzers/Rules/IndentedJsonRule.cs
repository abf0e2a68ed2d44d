using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers;

/// <summary>MAG007: JSON or XML that is indented for people, in a prompt.</summary>
internal sealed class IndentedJsonRule : ICallRule
{
    public const string Id = "MAG007";

    /// <summary>Replace the member that asks for indentation.</summary>
    public const string TurnOff = "turn-off";

    /// <summary>How each tree is told to write itself compactly.</summary>
    public static string? CompactCallOf(string type) => type switch
    {
        "XElement" or "XDocument" => "ToString(global::System.Xml.Linq.SaveOptions.DisableFormatting)",
        "JsonObject" or "JsonArray" => "ToJsonString()",
        "JObject" or "JArray" => "ToString(global::Newtonsoft.Json.Formatting.None)",
        _ => null,
    };

    public DiagnosticDescriptor Descriptor { get; } = Rule.Describe(
        Id,
        "Indented JSON in a prompt",
        DiagnosticSeverity.Info,
        "Line breaks and spaces are tokens. A model reads compact JSON just as well.");

    public Diagnostic? Judge(LlmCall call, RuleContext context)
    {
        foreach (ExpressionSyntax piece in call.PromptOf(context))
        {
            foreach (InvocationExpressionSyntax invocation in piece.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>())
            {
                if (IndentationOf(invocation, call.Semantics, context.CancellationToken) is { } indentation)
                {
                    ImmutableDictionary<string, string?> facts = ImmutableDictionary<string, string?>.Empty.Add(DiagnosticFacts.Fix, IsAskedFor(indentation) ? TurnOff : null);
                    return Diagnostic.Create(Descriptor, invocation.GetLocation(), [indentation.GetLocation()], facts, "Indented for people, read by a model: a fifth to a half of these tokens are line breaks and spaces");
                }
            }
        }

        return null;
    }

    // In the very call that writes: options that a variable holds may be shared with others.
    private static bool IsAskedFor(SyntaxNode indentation) => indentation switch
    {
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax made } } => made.Parent is ArgumentSyntax || IndentedWriters.IsWriter(made),
        _ => true,
    };

    // What makes the text indented: an argument, a member of the options, or the writer that wrote it.
    private static SyntaxNode? IndentationOf(InvocationExpressionSyntax invocation, SemanticModel semantics, CancellationToken cancellationToken)
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

            if (WriterOptions.MemberIn(argument.Expression, "JsonSerializerOptions", "WriteIndented", semantics, cancellationToken) is { } member)
            {
                return member;
            }
        }

        return IndentedWriters.IndentationOf(invocation, semantics, cancellationToken);
    }

    // Trees of XML and JSON write themselves indented unless they are told otherwise.
    private static bool IsIndentedByDefault(InvocationExpressionSyntax invocation, string name, SemanticModel semantics, CancellationToken cancellationToken) =>
        name == "ToString" && invocation is { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax access }
        && semantics.GetTypeInfo(access.Expression, cancellationToken).Type is { Name: "XElement" or "XDocument" or "JsonObject" or "JsonArray" or "JObject" or "JArray" };
}
