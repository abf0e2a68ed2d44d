using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Syntax;

/// <summary>Reads what local variables are initialized with, in the file that is analyzed.</summary>
internal static class Initializers
{
    /// <summary>Where a local is declared; null when that is in another file or in a pattern.</summary>
    public static VariableDeclaratorSyntax? FindDeclarator(ILocalSymbol local, SemanticModel semantics, CancellationToken cancellationToken) =>
        local.DeclaringSyntaxReferences.FirstOrDefault() is { } reference && reference.SyntaxTree == semantics.SyntaxTree ? reference.GetSyntax(cancellationToken) as VariableDeclaratorSyntax : null;

    /// <summary>What a local is initialized with; the operation itself when it isn't a local with an initializer.</summary>
    public static IOperation? Resolve(IOperation? value, SemanticModel semantics, CancellationToken cancellationToken)
    {
        value = value.Unwrapped();
        return value is ILocalReferenceOperation { Local: var local } && FindDeclarator(local, semantics, cancellationToken)?.Initializer?.Value is { } initial
            ? semantics.GetOperation(initial, cancellationToken).Unwrapped()
            : value;
    }
}
