using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Adds the SDK's cap to a call, or to the options that it passes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UncappedCallFix))]
public sealed class UncappedCallFix : DocumentFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UncappedCallRule.Id);

    internal override string Title => "Cap the output tokens";

    internal override FixEdit? CreateEdit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (!diagnostic.Properties.TryGetValue(DiagnosticFacts.Fix, out string? fix)
            || !diagnostic.Properties.TryGetValue(DiagnosticFacts.OptionsType, out string? optionsType) || optionsType is null
            || !diagnostic.Properties.TryGetValue(DiagnosticFacts.CapMember, out string? capMember) || capMember is null
            || !diagnostic.Properties.TryGetValue(DiagnosticFacts.Cap, out string? cap) || cap is null
            || root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not InvocationExpressionSyntax invocation)
        {
            return null;
        }

        ExpressionSyntax assignment = Qualified($"{capMember} = {cap}");
        return fix switch
        {
            CapFixes.AddOptions when diagnostic.Properties.TryGetValue(DiagnosticFacts.OptionsParameter, out string? parameter) && parameter is not null => AddOptions(semantics, invocation, parameter, NewOptions(optionsType, assignment), cancellationToken),
            CapFixes.AddCapArgument => AddOptions(semantics, invocation, capMember, SyntaxFactory.ParseExpression(cap), cancellationToken),
            CapFixes.SetInCreation => SetInCreation(root, diagnostic, assignment),
            CapFixes.MessagesToList => MessagesToList(semantics, invocation, NewOptions(optionsType, assignment), cancellationToken),
            CapFixes.ArgumentsToRequest => ArgumentsToRequest(semantics, invocation, optionsType, assignment, cancellationToken),
            _ => null,
        };
    }

    private static FixEdit AddOptions(SemanticModel semantics, InvocationExpressionSyntax invocation, string parameter, ExpressionSyntax options, CancellationToken cancellationToken)
    {
        ArgumentListSyntax arguments = invocation.ArgumentList;
        var method = (IMethodSymbol)semantics.GetSymbolInfo(invocation, cancellationToken).Symbol!;
        int position = method.Parameters.IndexOf(method.Parameters.First(candidate => candidate.Name == parameter));
        ArgumentSyntax? given = arguments.Arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == parameter)
            ?? (arguments.Arguments.Count > position && arguments.Arguments.Take(position + 1).All(static argument => argument.NameColon is null) ? arguments.Arguments[position] : null);
        if (given is not null)
        {
            return new FixEdit(given.Expression, editor => editor.ReplaceNode(given.Expression, options.WithTriviaFrom(given.Expression)));
        }

        // By position where nothing was left out before it, else by name.
        bool byPosition = arguments.Arguments.Count == position && arguments.Arguments.All(static argument => argument.NameColon is null);
        ArgumentSyntax added = SyntaxFactory.Argument(options);
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

        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        ArgumentSyntax last = list.Arguments.Last();
        SyntaxTriviaList trailing = last.GetTrailingTrivia();
        SeparatedSyntaxList<ArgumentSyntax> arguments = list.Arguments.Replace(last, last.WithoutTrailingTrivia());
        return list.WithArguments(SyntaxFactory.SeparatedList<ArgumentSyntax>(arguments.GetWithSeparators().Add(comma).Add(argument.WithTrailingTrivia(trailing))));
    }

    private static FixEdit? SetInCreation(SyntaxNode root, Diagnostic diagnostic, ExpressionSyntax assignment)
    {
        if (diagnostic.AdditionalLocations.Count != 1 || root.FindNode(diagnostic.AdditionalLocations[0].SourceSpan, getInnermostNodeForTie: true) is not BaseObjectCreationExpressionSyntax creation)
        {
            return null;
        }

        // `MaxOutputTokens = null` says that there is no cap: it is replaced, not doubled.
        string member = ((AssignmentExpressionSyntax)assignment).Left.ToString();
        AssignmentExpressionSyntax? existing = creation.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>().FirstOrDefault(candidate => candidate.Left.ToString() == member);
        return existing is null
            ? new FixEdit(creation, editor => editor.ReplaceNode(creation, (current, _) => WithMember((BaseObjectCreationExpressionSyntax)current, assignment)))
            : new FixEdit(existing, editor => editor.ReplaceNode(existing.Right, ((AssignmentExpressionSyntax)assignment).Right.WithTriviaFrom(existing.Right)));
    }

    private static BaseObjectCreationExpressionSyntax WithMember(BaseObjectCreationExpressionSyntax creation, ExpressionSyntax assignment)
    {
        if (creation.Initializer is not { } initializer)
        {
            SyntaxTriviaList trailing = creation.GetTrailingTrivia();
            return creation.WithoutTrailingTrivia().WithInitializer(InitializerOf(assignment)).WithTrailingTrivia(trailing);
        }

        if (initializer.Expressions.Count == 0)
        {
            return creation.WithInitializer(InitializerOf(assignment).WithTriviaFrom(initializer));
        }

        SyntaxNodeOrTokenList items = initializer.Expressions.GetWithSeparators();
        ExpressionSyntax first = initializer.Expressions[0];
        bool trailingComma = initializer.Expressions.SeparatorCount == initializer.Expressions.Count;
        bool ownLines = first.GetLeadingTrivia().Any(SyntaxKind.WhitespaceTrivia) && initializer.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        if (trailingComma)
        {
            ExpressionSyntax added = ownLines ? assignment.WithLeadingTrivia(IndentOf(first)) : assignment;
            SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(initializer.Expressions.GetSeparators().Last().TrailingTrivia.Where(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia) || trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
            items = items.Add(added).Add(comma);
        }
        else
        {
            ExpressionSyntax last = initializer.Expressions.Last();
            SyntaxTriviaList end = last.GetTrailingTrivia();
            SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(ownLines ? end : SyntaxFactory.TriviaList(SyntaxFactory.Space));
            ExpressionSyntax added = (ownLines ? assignment.WithLeadingTrivia(IndentOf(first)) : assignment)
                .WithTrailingTrivia(ownLines ? end.Where(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) : end);
            items = items.Replace(last, last.WithoutTrailingTrivia()).Add(comma).Add(added);
        }

        return creation.WithInitializer(initializer.WithExpressions(SyntaxFactory.SeparatedList<ExpressionSyntax>(items)));
    }

    private static SyntaxTriviaList IndentOf(SyntaxNode member) =>
        SyntaxFactory.TriviaList(member.GetLeadingTrivia().LastOrDefault(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));

    private static InitializerExpressionSyntax InitializerOf(ExpressionSyntax assignment) => SyntaxFactory.InitializerExpression(
        SyntaxKind.ObjectInitializerExpression,
        SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space),
        SyntaxFactory.SingletonSeparatedList(assignment.WithTrailingTrivia(SyntaxFactory.Space)),
        SyntaxFactory.Token(SyntaxKind.CloseBraceToken));

    // CompleteChat("hi", more) → CompleteChat([new UserChatMessage("hi"), more], new ChatCompletionOptions { … })
    private static FixEdit? MessagesToList(SemanticModel semantics, InvocationExpressionSyntax invocation, ExpressionSyntax options, CancellationToken cancellationToken)
    {
        SeparatedSyntaxList<ArgumentSyntax> arguments = invocation.ArgumentList.Arguments;
        if (arguments.Count == 0 || arguments.Any(static argument => argument.NameColon is not null))
        {
            return null;
        }

        ArgumentSyntax messages;
        if (arguments.Count == 1 && semantics.GetTypeInfo(arguments[0].Expression, cancellationToken).ConvertedType is IArrayTypeSymbol)
        {
            messages = arguments[0].WithoutTrivia();
        }
        else
        {
            string items = string.Join(", ", arguments.Select(argument => MessageOf(semantics, argument, cancellationToken)));
            bool hasCollectionExpressions = invocation.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= (LanguageVersion)1200 };
            messages = SyntaxFactory.Argument(Qualified(hasCollectionExpressions ? $"[{items}]" : $"new global::OpenAI.Chat.ChatMessage[] {{ {items} }}"));
        }

        ArgumentListSyntax list = invocation.ArgumentList.WithArguments(SyntaxFactory.SeparatedList<ArgumentSyntax>(new SyntaxNodeOrToken[]
        {
            messages,
            SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.Argument(options),
        }));
        return HasComments(invocation.ArgumentList) ? null : new FixEdit(invocation.ArgumentList, editor => editor.ReplaceNode(invocation.ArgumentList, list));
    }

    private static string MessageOf(SemanticModel semantics, ArgumentSyntax argument, CancellationToken cancellationToken)
    {
        string text = argument.Expression.WithoutTrivia().ToString();
        return semantics.GetTypeInfo(argument.Expression, cancellationToken).Type?.SpecialType == SpecialType.System_String ? $"new global::OpenAI.Chat.UserChatMessage({text})" : text;
    }

    // CreateResponse(model, "hi", previous) → CreateResponse(new CreateResponseOptions(model, [ResponseItem.CreateUserMessageItem("hi")]) { …, PreviousResponseId = previous })
    private static FixEdit? ArgumentsToRequest(SemanticModel semantics, InvocationExpressionSyntax invocation, string optionsType, ExpressionSyntax cap, CancellationToken cancellationToken)
    {
        if (semantics.GetSymbolInfo(invocation, cancellationToken).Symbol is not IMethodSymbol method || HasComments(invocation.ArgumentList)
            || invocation.SyntaxTree.Options is not CSharpParseOptions { LanguageVersion: >= (LanguageVersion)1200 })
        {
            return null;
        }

        var given = new Dictionary<string, ExpressionSyntax>(StringComparer.Ordinal);
        for (int index = 0; index < invocation.ArgumentList.Arguments.Count; index++)
        {
            ArgumentSyntax argument = invocation.ArgumentList.Arguments[index];
            given[argument.NameColon?.Name.Identifier.ValueText ?? method.Parameters[index].Name] = argument.Expression.WithoutTrivia();
        }

        if (!given.TryGetValue("model", out ExpressionSyntax model))
        {
            return null;
        }

        string? items = given.TryGetValue("userInputText", out ExpressionSyntax text) ? $"[global::OpenAI.Responses.ResponseItem.CreateUserMessageItem({text})]"
            : given.TryGetValue("inputItems", out ExpressionSyntax list) ? list.ToString()
            : null;
        if (items is null)
        {
            return null;
        }

        string members = cap.ToString();
        if (given.TryGetValue("previousResponseId", out ExpressionSyntax previous) && !previous.IsKind(SyntaxKind.NullLiteralExpression))
        {
            members += $", PreviousResponseId = {previous}";
        }

        List<SyntaxNodeOrToken> arguments = [SyntaxFactory.Argument(Qualified($"new global::{optionsType}({model}, {items}) {{ {members} }}"))];
        if (given.TryGetValue("cancellationToken", out ExpressionSyntax cancellation))
        {
            arguments.Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space));
            arguments.Add(SyntaxFactory.Argument(cancellation));
        }

        ArgumentListSyntax replaced = invocation.ArgumentList.WithArguments(SyntaxFactory.SeparatedList<ArgumentSyntax>(arguments));
        return new FixEdit(invocation.ArgumentList, editor => editor.ReplaceNode(invocation.ArgumentList, replaced));
    }

    // A comment inside arguments that are rearranged would end up beside something else.
    private static bool HasComments(ArgumentListSyntax arguments) => arguments.DescendantTrivia().Any(static trivia =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) || trivia.IsDirective);

    private static ExpressionSyntax NewOptions(string type, ExpressionSyntax assignment) => Qualified($"new global::{type} {{ {assignment} }}");

    // Full names are right in every file; the simplifier shortens them where a using allows it.
    private static ExpressionSyntax Qualified(string expression)
    {
        ExpressionSyntax parsed = SyntaxFactory.ParseExpression(expression);
        return parsed.ReplaceNodes(parsed.DescendantNodes().Where(static node => node is NameSyntax { Parent: not NameSyntax } or MemberAccessExpressionSyntax), static (_, node) => node.WithAdditionalAnnotations(Simplifier.Annotation))
            .WithAdditionalAnnotations(Simplifier.Annotation);
    }
}
