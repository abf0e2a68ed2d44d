using Magsag.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Changes a call to the overload that has room for a cap.</summary>
internal static class OverloadChange
{
    /// <summary>For instance <c>CompleteChat("hi", more)</c> → <c>CompleteChat([new UserChatMessage("hi"), more], new ChatCompletionOptions { … })</c>.</summary>
    public static FixEdit? MessagesToList(SemanticModel semantics, InvocationExpressionSyntax invocation, LlmApi api, ExpressionSyntax options, CancellationToken cancellationToken)
    {
        SeparatedSyntaxList<ArgumentSyntax> arguments = invocation.ArgumentList.Arguments;
        if (arguments.Count == 0 || arguments.Any(static argument => argument.NameColon is not null) || HasComments(invocation.ArgumentList))
        {
            return null;
        }

        bool isArray = arguments.Count == 1 && semantics.GetTypeInfo(arguments[0].Expression, cancellationToken).ConvertedType is IArrayTypeSymbol;
        return Replace(invocation, isArray ? arguments[0].Expression.WithoutTrivia() : QualifiedNames.Parse(CreateList()), options);

        string CreateList()
        {
            string items = string.Join(", ", arguments.Select(argument => CreateMessage(semantics, argument, api, cancellationToken)));
            return HasCollectionExpressions(invocation) ? $"[{items}]" : $"new global::{api.MessageType}[] {{ {items} }}";
        }
    }

    /// <summary>For instance <c>CreateResponse(model, "hi", previous)</c> → <c>CreateResponse(new CreateResponseOptions(model, [ResponseItem.CreateUserMessageItem("hi")]) { …, PreviousResponseId = previous })</c>.</summary>
    public static FixEdit? ArgumentsToRequest(SemanticModel semantics, InvocationExpressionSyntax invocation, string requestType, RequestForm form, AssignmentExpressionSyntax cap, CancellationToken cancellationToken)
    {
        if (semantics.GetSymbolInfo(invocation, cancellationToken).Symbol is not IMethodSymbol method || HasComments(invocation.ArgumentList) || !HasCollectionExpressions(invocation))
        {
            return null;
        }

        var given = new Dictionary<string, ExpressionSyntax>(StringComparer.Ordinal);
        for (int index = 0; index < invocation.ArgumentList.Arguments.Count; index++)
        {
            ArgumentSyntax argument = invocation.ArgumentList.Arguments[index];
            given[argument.NameColon?.Name.Identifier.ValueText ?? method.Parameters[index].Name] = argument.Expression.WithoutTrivia();
        }

        string?[] arguments = [.. form.Arguments.Select(choices => choices
            .Where(choice => given.ContainsKey(choice.Parameter))
            .Select(choice => choice.Text.Replace("{0}", given[choice.Parameter].ToString()))
            .FirstOrDefault())];
        if (arguments.Contains(null))
        {
            return null;
        }

        IEnumerable<string> members = form.Members
            .Where(member => given.TryGetValue(member.Parameter, out ExpressionSyntax value) && !value.IsKind(SyntaxKind.NullLiteralExpression))
            .Select(member => $"{member.Member} = {given[member.Parameter]}");
        ExpressionSyntax request = QualifiedNames.Parse($"new global::{requestType}({string.Join(", ", arguments)}) {{ {string.Join(", ", [cap.ToString(), .. members])} }}");
        return given.TryGetValue("cancellationToken", out ExpressionSyntax cancellation) ? Replace(invocation, request, cancellation) : Replace(invocation, request);
    }

    private static FixEdit Replace(InvocationExpressionSyntax invocation, params ExpressionSyntax[] arguments)
    {
        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        ArgumentListSyntax list = invocation.ArgumentList.WithArguments(SyntaxFactory.SeparatedList(arguments.Select(SyntaxFactory.Argument), Enumerable.Repeat(comma, arguments.Length - 1)));
        return new FixEdit(invocation.ArgumentList, editor => editor.ReplaceNode(invocation.ArgumentList, list));
    }

    private static string CreateMessage(SemanticModel semantics, ArgumentSyntax argument, LlmApi api, CancellationToken cancellationToken)
    {
        string message = argument.Expression.WithoutTrivia().ToString();
        return semantics.GetTypeInfo(argument.Expression, cancellationToken).Type?.SpecialType == SpecialType.System_String ? api.NewUserMessage!.Replace("{0}", message) : message;
    }

    private static bool HasCollectionExpressions(SyntaxNode code) => code.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= (LanguageVersion)1200 };

    // A comment inside arguments that are rearranged would end up beside something else.
    private static bool HasComments(ArgumentListSyntax arguments) => arguments.DescendantTrivia().Any(static trivia =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) || trivia.IsDirective);
}
