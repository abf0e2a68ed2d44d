using System.Collections.Immutable;
using Magsag.Analyzers.Rules;
using Magsag.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Adds the SDK's cap to a call, or to the options that it passes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UncappedCallFix))]
internal sealed class UncappedCallFix : DocumentFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UncappedCallRule.Id);

    internal override string Title => "Cap the output tokens";

    internal override string GetTitle(Diagnostic diagnostic) => diagnostic.GetProperty(DiagnosticProperties.CapTitle) is { } cap ? $"{Title} at {cap}" : Title;

    internal override FixEdit? CreateEdit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (diagnostic.GetProperty(DiagnosticProperties.OptionsType) is not { } optionsType
            || diagnostic.GetProperty(DiagnosticProperties.CapMember) is not { } member
            || diagnostic.GetProperty(DiagnosticProperties.Cap) is not { } cap
            || diagnostic.FindNode(root) is not InvocationExpressionSyntax invocation)
        {
            return null;
        }

        var assignment = (AssignmentExpressionSyntax)QualifiedNames.Parse($"{member} = {cap}");
        string newOptions = $"new global::{optionsType} {{ {assignment} }}";
        string passed = diagnostic.GetProperty(DiagnosticProperties.Carrier) is { } carrier ? carrier.Replace("{0}", newOptions) : newOptions;
        return diagnostic.GetProperty(DiagnosticProperties.Fix) switch
        {
            CapFix.AddOptions when diagnostic.GetProperty(DiagnosticProperties.OptionsParameter) is { } parameter => AddArgument(semantics, invocation, parameter, QualifiedNames.Parse(passed), passed != newOptions, cancellationToken),
            CapFix.SetInCarrier when diagnostic.FindTarget(root) is BaseObjectCreationExpressionSyntax created => CarrierChange.AddOptions(semantics, created, optionsType, newOptions, cancellationToken),
            CapFix.AddCapArgument => AddArgument(semantics, invocation, member, SyntaxFactory.ParseExpression(cap), false, cancellationToken),
            CapFix.SetInCreation => diagnostic.FindTarget(root) is BaseObjectCreationExpressionSyntax creation ? ObjectInitializer.SetMember(creation, assignment) : null,
            CapFix.MessagesToList when LlmApi.FindByNewOptions(optionsType) is { } api => OverloadChange.MessagesToList(semantics, invocation, api, QualifiedNames.Parse(newOptions), cancellationToken),
            CapFix.ArgumentsToRequest when LlmApi.FindByNewOptions(optionsType)?.RequestForm is { } form => OverloadChange.ArgumentsToRequest(semantics, invocation, optionsType, form, assignment, cancellationToken),
            _ => null,
        };
    }

    private static FixEdit? AddArgument(SemanticModel semantics, InvocationExpressionSyntax invocation, string parameter, ExpressionSyntax value, bool isCarrier, CancellationToken cancellationToken)
    {
        ArgumentListSyntax arguments = invocation.ArgumentList;
        var method = (IMethodSymbol)semantics.GetSymbolInfo(invocation, cancellationToken).Symbol!;
        int position = method.Parameters.IndexOf(method.Parameters.First(candidate => candidate.Name == parameter));
        ArgumentSyntax? given = arguments.Arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == parameter)
            ?? (arguments.Arguments.Count > position && arguments.Arguments.Take(position + 1).All(static argument => argument.NameColon is null) ? arguments.Arguments[position] : null);
        if (given is not null)
        {
            // What carries more than options can't be replaced.
            if (isCarrier && given.Expression is not (LiteralExpressionSyntax or DefaultExpressionSyntax))
            {
                return null;
            }

            return new FixEdit(given.Expression, editor => editor.ReplaceNode(given.Expression, value.WithTriviaFrom(given.Expression)));
        }

        // By position where no parameter before it was left out, else by name.
        bool byPosition = arguments.Arguments.Count == position && arguments.Arguments.All(static argument => argument.NameColon is null);
        ArgumentSyntax added = SyntaxFactory.Argument(value);
        added = byPosition ? added : added.WithNameColon(SyntaxFactory.NameColon(SyntaxFactory.IdentifierName(parameter)).WithTrailingTrivia(SyntaxFactory.Space));

        // A named argument may stand before positional ones only in its own place, so it goes last.
        return new FixEdit(arguments, editor => editor.ReplaceNode(arguments, (current, _) => Append((ArgumentListSyntax)current, added)));
    }

    private static ArgumentListSyntax Append(ArgumentListSyntax list, ArgumentSyntax argument)
    {
        if (list.Arguments.Count == 0)
        {
            return list.AddArguments(argument);
        }

        // Where each argument stands on a line of its own, the new one does.
        SyntaxTrivia lineEnd = (list.Arguments.SeparatorCount == 0 ? list.OpenParenToken : list.Arguments.GetSeparators().Last()).TrailingTrivia.LastOrDefault();
        if (lineEnd.IsKind(SyntaxKind.EndOfLineTrivia) && list.Arguments.Last() is { HasTrailingTrivia: false } before)
        {
            SyntaxTriviaList indent = SyntaxFactory.TriviaList(before.GetLeadingTrivia().LastOrDefault(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
            SyntaxToken separator = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(lineEnd);
            return list.WithArguments(SyntaxFactory.SeparatedList<ArgumentSyntax>(list.Arguments.GetWithSeparators().Add(separator).Add(argument.WithLeadingTrivia(indent))));
        }

        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        ArgumentSyntax last = list.Arguments.Last();
        SyntaxTriviaList trailing = last.GetTrailingTrivia();
        SeparatedSyntaxList<ArgumentSyntax> arguments = list.Arguments.Replace(last, last.WithoutTrailingTrivia());
        return list.WithArguments(SyntaxFactory.SeparatedList<ArgumentSyntax>(arguments.GetWithSeparators().Add(comma).Add(argument.WithTrailingTrivia(trailing))));
    }
}
