using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers;

/// <summary>MAG006: a text that is new in every call, ahead of a long one that never changes.</summary>
internal sealed class VolatilePromptRule : ITextRule
{
    public const string Id = "MAG006";

    // Below this a provider's cache isn't worth a word: it begins at about a thousand tokens, of which this text may be a part.
    private const int ShortestStable = 200;

    private static readonly HashSet<string> Instructing = new(StringComparer.Ordinal) { "Instructions", "System", "SystemInstruction", "ChatSystemPrompt", "systemPrompt", "instructions", "systemMessage", "AddSystemMessage", "AddDeveloperMessage", "SystemChatMessage", "DeveloperChatMessage", "ChatRequestSystemMessage", "SystemMessageParam", "ChatHistory", "CreateSystemMessageItem", "CreateDeveloperMessageItem" };

    private static readonly HashSet<string> Volatile = new(StringComparer.Ordinal) { "Now", "UtcNow", "Today", "TickCount", "TickCount64", "NewGuid", "CreateVersion7", "GetUtcNow", "GetLocalNow" };

    public DiagnosticDescriptor Descriptor { get; } = Rule.Describe(
        Id,
        "Volatile text ahead of a stable prompt defeats prompt caching",
        DiagnosticSeverity.Info,
        "Providers charge a fraction for the beginning of a prompt that they have seen before. What changes with every call belongs at its end.");

    public IEnumerable<string> Names => Volatile;

    public Diagnostic? Judge(InterpolatedStringExpressionSyntax syntax, SemanticModel semantics, CancellationToken cancellationToken)
    {
        return VolatileHoleOf(syntax, semantics, cancellationToken) is { } hole && IsInstruction(syntax) ? Judge(syntax, hole) : null;
    }

    // Apart from the look for a hole, which every text of a project goes through, because its lambdas allocate.
    private Diagnostic? Judge(InterpolatedStringExpressionSyntax syntax, InterpolationSyntax hole)
    {
        int after = syntax.Contents.OfType<InterpolatedStringTextSyntax>().Where(part => part.SpanStart > hole.SpanStart).Sum(static part => part.TextToken.ValueText.Length);
        int before = syntax.Contents.OfType<InterpolatedStringTextSyntax>().Where(part => part.SpanStart < hole.SpanStart).Sum(static part => part.TextToken.ValueText.Length);
        if (after < ShortestStable || after < before)
        {
            return null;
        }

        return Diagnostic.Create(Descriptor, hole.GetLocation(), [syntax.GetLocation()], ImmutableDictionary<string, string?>.Empty, $"{hole.Expression} makes the {TokenEstimate.Of(string.Concat(syntax.Contents.OfType<InterpolatedStringTextSyntax>().Select(static part => part.TextToken.ValueText)))} tokens of this prompt new to the provider's cache in every call: put it at the end");
    }

    private static InterpolationSyntax? VolatileHoleOf(InterpolatedStringExpressionSyntax text, SemanticModel semantics, CancellationToken cancellationToken)
    {
        SyntaxList<InterpolatedStringContentSyntax> contents = text.Contents;
        for (int index = 0; index < contents.Count; index++)
        {
            if (contents[index] is InterpolationSyntax hole && MayBeVolatile(hole.Expression) && IsVolatile(semantics.GetOperation(hole.Expression, cancellationToken)))
            {
                return hole;
            }
        }

        return null;
    }

    // `a.b.Now.ToString()`: one of its names is one that IsVolatile asks for.
    private static bool MayBeVolatile(ExpressionSyntax? expression)
    {
        while (expression is not null)
        {
            if (SyntaxNames.OfMember(expression) is { } name && Volatile.Contains(name))
            {
                return true;
            }

            expression = expression switch
            {
                InvocationExpressionSyntax invocation => invocation.Expression,
                MemberAccessExpressionSyntax access => access.Expression,
                ParenthesizedExpressionSyntax parenthesized => parenthesized.Expression,
                _ => null,
            };
        }

        return false;
    }

    private static bool IsVolatile(IOperation? value) => value switch
    {
        IPropertyReferenceOperation { Property: { IsStatic: true, Name: "Now" or "UtcNow" or "Today", ContainingType.Name: "DateTime" or "DateTimeOffset" } } => true,
        IPropertyReferenceOperation { Property: { IsStatic: true, Name: "TickCount" or "TickCount64" } } => true,
        IPropertyReferenceOperation { Instance: { } owner } => IsVolatile(owner),
        IInvocationOperation { TargetMethod: { Name: "NewGuid" or "CreateVersion7", ContainingType.Name: "Guid" } } => true,
        IInvocationOperation { TargetMethod: { Name: "GetUtcNow" or "GetLocalNow", ContainingType.Name: "TimeProvider" } } => true,
        IInvocationOperation { Instance: { } owner } => IsVolatile(owner),
        IConversionOperation { Operand: { } operand } => IsVolatile(operand),
        _ => false,
    };

    // Where a system prompt is given: an options' member, a parameter, or a message that is made for the system's role.
    private static bool IsInstruction(InterpolatedStringExpressionSyntax text)
    {
        for (SyntaxNode? node = text.Parent; node is not null and not StatementSyntax and not MemberDeclarationSyntax; node = node.Parent)
        {
            string? name = node switch
            {
                AssignmentExpressionSyntax { Left: IdentifierNameSyntax member } => member.Identifier.ValueText,
                AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax member } => member.Name.Identifier.ValueText,
                ArgumentSyntax { NameColon.Name.Identifier.ValueText: { } parameter } => parameter,
                ObjectCreationExpressionSyntax creation => LastName(creation.Type),
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax method } => method.Name.Identifier.ValueText,
                _ => null,
            };
            if (name is not null && Instructing.Contains(name))
            {
                return true;
            }

            if (node is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 1 } arguments } && arguments[0].Expression.ToString() is "ChatRole.System" or "AuthorRole.System" or "Role.System")
            {
                return true;
            }
        }

        return false;
    }

    private static string LastName(TypeSyntax type) => type is QualifiedNameSyntax qualified ? qualified.Right.Identifier.ValueText : type.ToString();
}
