using System.Globalization;
using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Magsag.Analyzers.Texts;
using Magsag.Pricing.Tokens;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Rules;

/// <summary>MAG006: text that is new in every call, ahead of a long text that never changes.</summary>
internal sealed class VolatilePromptRule : INameRule
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

    public HashSet<string> Names => Volatile;

    public Diagnostic? Analyze(MemberAccessExpressionSyntax member, SemanticModel semantics, FileContext context)
    {
        TextPart[] prompts = [.. TextPart.Find(member).Where(part => IsFirst(part) && IsInstruction(part, context.Apis))];
        if (prompts.Length == 0 || !IsVolatile(member, semantics, context.CancellationToken))
        {
            return null;
        }

        return prompts.Select(part => Report(part, new ConstantText(semantics, part.Site, context.CancellationToken), context.Apis)).FirstOrDefault(static finding => finding is not null);
    }

    private Diagnostic? Report(TextPart part, ConstantText constants, KnownApis apis)
    {
        (string Text, int Position)[] own = [.. part.FindPieces().SelectMany(constants.Find)];
        (string Text, int Position)[] others = [.. FindNextInstructions(part.Text, apis).SelectMany(constants.Find)];
        int after = own.Concat(others).Where(piece => piece.Position > part.Site.SpanStart).Sum(static piece => piece.Text.Length);
        int before = own.Where(piece => piece.Position < part.Site.SpanStart).Sum(static piece => piece.Text.Length);
        if (after < ShortestStable || after < before)
        {
            return null;
        }

        // The fix moves the value within its own text, which must be the whole prompt.
        IEnumerable<Location> whole = others.Length == 0 ? [part.Text.GetLocation()] : [];
        int tokens = TokenEstimate.Count(string.Concat(own.Concat(others).Select(static piece => piece.Text)));
        return Diagnostic.Create(Descriptor, part.Site.GetLocation(), whole, part.Value.ToString(), tokens.ToString(CultureInfo.InvariantCulture));
    }

    // A text with two of them has one finding.
    private static bool IsFirst(TextPart part) => !part.Text.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        .Any(other => other.SpanStart < part.Site.SpanStart && Volatile.Contains(other.Name.Identifier.ValueText));

    private static bool IsVolatile(MemberAccessExpressionSyntax member, SemanticModel semantics, CancellationToken cancellationToken) => semantics.GetSymbolInfo(member, cancellationToken).Symbol switch
    {
        IPropertySymbol { IsStatic: true, Name: "Now" or "UtcNow" or "Today", ContainingType.Name: "DateTime" or "DateTimeOffset" } => true,
        IPropertySymbol { IsStatic: true, Name: "TickCount" or "TickCount64" } => true,
        IMethodSymbol { Name: "NewGuid" or "CreateVersion7", ContainingType.Name: "Guid" } => true,
        IMethodSymbol { Name: "GetUtcNow" or "GetLocalNow", ContainingType.Name: "TimeProvider" } => true,
        _ => false,
    };

    // Itself, or as a local variable that is passed there.
    private static bool IsInstruction(TextPart part, KnownApis apis) => IsInstruction(part.Text, apis)
        || part.FindUsesOfVariable().Any(use => use.Parent is ArgumentSyntax or AssignmentExpressionSyntax or ExpressionElementSyntax && IsInstruction(use, apis));

    // What the messages after the text's own say, as long as they are the system's.
    private static IEnumerable<ExpressionSyntax> FindNextInstructions(ExpressionSyntax text, KnownApis apis)
    {
        SyntaxNode? message = text.Ancestors().FirstOrDefault(static node => node.Parent is CollectionExpressionSyntax or InitializerExpressionSyntax or StatementSyntax);
        return message?.Parent is CollectionExpressionSyntax or InitializerExpressionSyntax
            ? message.Parent.ChildNodes().Where(next => next.SpanStart > message.SpanStart)
                .Select(static next => next is ExpressionElementSyntax element ? element.Expression : next)
                .Select(next => (next as BaseObjectCreationExpressionSyntax)?.ArgumentList?.Arguments.LastOrDefault()?.Expression)
                .TakeWhile(next => next is not null && IsInstruction(next, apis))
                .OfType<ExpressionSyntax>()
            : [];
    }

    // Where a system prompt is given: an options' member, a parameter, or a message with the system's role.
    private static bool IsInstruction(ExpressionSyntax text, KnownApis apis)
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

            ArgumentListSyntax? given = node is InvocationExpressionSyntax call ? call.ArgumentList : (node as BaseObjectCreationExpressionSyntax)?.ArgumentList;
            if (given is { Arguments: { Count: > 1 } arguments } && apis.SystemRoles.Contains(arguments[0].Expression.ToString()))
            {
                return true;
            }
        }

        return false;
    }
}
