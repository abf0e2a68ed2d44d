using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Syntax;

/// <summary>Reads names off syntax, before anything is bound.</summary>
internal static class SyntaxNames
{
    /// <summary>The name of what is called; null when it isn't called by a name.</summary>
    public static string? GetCalledName(InvocationExpressionSyntax invocation) => GetLastName(invocation.Expression);

    /// <summary>The last name of an expression: <c>c</c> of <c>a.b.c</c>; null when it has none.</summary>
    public static string? GetLastName(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };

    /// <summary>The last name of a type; null for one without a name, such as an array.</summary>
    public static string? GetTypeName(TypeSyntax type) => type switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        _ => null,
    };

    /// <summary>The arguments of an object creation or of a call to a base constructor.</summary>
    public static ArgumentListSyntax? GetArguments(SyntaxNode made) => made switch
    {
        BaseObjectCreationExpressionSyntax creation => creation.ArgumentList,
        ConstructorInitializerSyntax initializer => initializer.ArgumentList,
        PrimaryConstructorBaseTypeSyntax primary => primary.ArgumentList,
        _ => null,
    };
}
