using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Receivers;

/// <summary>Finds the expressions that give the fields and properties of one file their values.</summary>
internal sealed class MemberValues(SemanticModel semantics, CancellationToken cancellationToken)
{
    // The calls of a class share its client, and finding its value takes a walk over the class.
    private readonly Dictionary<ISymbol, (ExpressionSyntax[] Values, bool AreAll)> _known = new(SymbolEqualityComparer.Default);

    /// <summary>The value, where exactly one place in the file gives it and no other file can; null otherwise.</summary>
    public ExpressionSyntax? FindOnly(ISymbol member) => Find(member) is { AreAll: true, Values: { Length: 1 } only } ? only[0] : null;

    /// <summary>The values that code of its type in the file gives a member.</summary>
    public IReadOnlyList<ExpressionSyntax> FindAll(ISymbol member) => Find(member).Values;

    private (ExpressionSyntax[] Values, bool AreAll) Find(ISymbol member)
    {
        if (!_known.TryGetValue(member, out (ExpressionSyntax[] Values, bool AreAll) found))
        {
            _known[member] = found = FindIn(member);
        }

        return found;
    }

    private (ExpressionSyntax[] Values, bool AreAll) FindIn(ISymbol member)
    {
        if (member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not { } declaration || declaration.SyntaxTree != semantics.SyntaxTree
            || declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
        {
            return ([], false);
        }

        IEnumerable<ExpressionSyntax> assigned = type.DescendantNodes()
            .OfType<AssignmentExpressionSyntax>()
            .Where(assignment => GetMemberName(assignment.Left) == member.Name && SymbolEqualityComparer.Default.Equals(semantics.GetSymbolInfo(assignment.Left, cancellationToken).Symbol, member))
            .Select(static assignment => assignment.Right);
        ExpressionSyntax? initial = declaration switch
        {
            VariableDeclaratorSyntax field => field.Initializer?.Value,
            PropertyDeclarationSyntax property => property.ExpressionBody?.Expression ?? property.Initializer?.Value,
            _ => null,
        };
        ExpressionSyntax[] values = [.. new[] { initial }.Concat(assigned).OfType<ExpressionSyntax>().Where(static value => !IsNull(value))];
        return (values, IsSetByItsTypeOnly(member) && member.ContainingType.DeclaringSyntaxReferences.Length == 1);
    }

    // `= null!`, `= default!`: set later.
    private static bool IsNull(ExpressionSyntax value) => value is LiteralExpressionSyntax or PostfixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax or DefaultExpressionSyntax };

    private static bool IsSetByItsTypeOnly(ISymbol member) => member.DeclaredAccessibility == Accessibility.Private || member switch
    {
        IFieldSymbol field => field.IsReadOnly,
        IPropertySymbol property => property.SetMethod is null or { DeclaredAccessibility: Accessibility.Private },
        _ => false,
    };

    private static string? GetMemberName(ExpressionSyntax target) => target is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } ? SyntaxNames.GetLastName(target) : null;
}
