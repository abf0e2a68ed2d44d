using System.Globalization;
using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Magsag.Analyzers.Tokens;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Rules;

/// <summary>MAG006: text that is new in every call, ahead of a long text that never changes.</summary>
internal sealed class VolatilePromptRule : ITextRule
{
    public const string Id = "MAG006";

    // In characters. Providers cache from about a thousand tokens on, of which this text may be a part only.
    private const int ShortestStable = 200;

    // Parameters of any code that take a system prompt; what the SDKs call it stands in their tables.
    private static readonly HashSet<string> InstructionParameters = new(StringComparer.Ordinal) { "systemPrompt", "instructions", "systemMessage" };

    private static readonly HashSet<string> Volatile = new(StringComparer.Ordinal) { "Now", "UtcNow", "Today", "TickCount", "TickCount64", "NewGuid", "CreateVersion7", "GetUtcNow", "GetLocalNow" };

    public DiagnosticDescriptor Descriptor { get; } = RuleDescriptor.Create(
        Id,
        "Volatile text ahead of a stable prompt defeats prompt caching",
        "{0} makes the {1} tokens of this prompt new to the provider's cache in every call: put it at the end",
        DiagnosticSeverity.Info,
        "Providers charge a fraction for the beginning of a prompt that they have seen before. What changes with every call belongs at its end.");

    public IEnumerable<string> Names => Volatile;

    public Diagnostic? Analyze(InterpolatedStringExpressionSyntax text, SemanticModel semantics, FileContext context) =>
        FindVolatileHole(text, semantics, context.CancellationToken) is { } hole && IsInstruction(text, context.Apis) ? Report(text, hole) : null;

    // Apart from the search for a hole, which every string of a project goes through, because these lambdas allocate.
    private Diagnostic? Report(InterpolatedStringExpressionSyntax text, InterpolationSyntax hole)
    {
        InterpolatedStringTextSyntax[] parts = [.. text.Contents.OfType<InterpolatedStringTextSyntax>()];
        int after = parts.Where(part => part.SpanStart > hole.SpanStart).Sum(static part => part.TextToken.ValueText.Length);
        int before = parts.Where(part => part.SpanStart < hole.SpanStart).Sum(static part => part.TextToken.ValueText.Length);
        if (after < ShortestStable || after < before)
        {
            return null;
        }

        int tokens = TokenEstimate.Count(string.Concat(parts.Select(static part => part.TextToken.ValueText)));
        return Diagnostic.Create(Descriptor, hole.GetLocation(), [text.GetLocation()], hole.Expression.ToString(), tokens.ToString(CultureInfo.InvariantCulture));
    }

    private static InterpolationSyntax? FindVolatileHole(InterpolatedStringExpressionSyntax text, SemanticModel semantics, CancellationToken cancellationToken)
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

    // `a.b.Now.ToString()`: by its names alone, before anything is bound.
    private static bool MayBeVolatile(ExpressionSyntax? expression)
    {
        while (expression is not null)
        {
            if (SyntaxNames.GetLastName(expression) is { } name && Volatile.Contains(name))
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

    // Where a system prompt is given: an options' member, a parameter, or a message with the system's role.
    private static bool IsInstruction(InterpolatedStringExpressionSyntax text, KnownApis apis)
    {
        for (SyntaxNode? node = text.Parent; node is not null and not StatementSyntax and not MemberDeclarationSyntax; node = node.Parent)
        {
            string? name = node switch
            {
                AssignmentExpressionSyntax { Left: IdentifierNameSyntax member } => member.Identifier.ValueText,
                AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax member } => member.Name.Identifier.ValueText,
                ArgumentSyntax { NameColon.Name.Identifier.ValueText: { } parameter } => parameter,
                ObjectCreationExpressionSyntax creation => SyntaxNames.GetTypeName(creation.Type),
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax method } => method.Name.Identifier.ValueText,
                _ => null,
            };
            if (name is not null && (InstructionParameters.Contains(name) || apis.InstructionNames.Contains(name)))
            {
                return true;
            }

            if (node is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 1 } arguments } && apis.SystemRoles.Contains(arguments[0].Expression.ToString()))
            {
                return true;
            }
        }

        return false;
    }
}
