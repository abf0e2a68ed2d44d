using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Loops;

/// <summary>Tells what changes from one round of a loop to the next.</summary>
internal static class LoopInvariance
{
    private static readonly string[] MutatingVerbs = ["Add", "Append", "Clear", "Enqueue", "Insert", "Push", "Reduce", "Remove", "Set", "Trim"];

    /// <summary>True when nothing that the call uses changes from one round to the next.</summary>
    public static bool IsInvariant(RepeatedCall call, CancellationToken cancellationToken) => call.Site is InvocationExpressionSyntax site
        && call.Loop.Body.Span.Contains(site.Span)
        && !site.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => call.Loop.Items.Contains(name.Identifier.ValueText))
        && NamesOf(site).All(name => !Varies(name, call))
        && call.Frames.Skip(1).All(frame => IsConstant(frame, cancellationToken));

    public static bool IsDeclaredIn(ISymbol symbol, SyntaxNode loop) =>
        symbol.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == loop.SyntaxTree && loop.Span.Contains(reference.Span));

    /// <summary>True when code assigns to a variable, or changes the object in it.</summary>
    public static bool IsChangedIn(string name, SyntaxNode body) =>
        body.DescendantNodes().OfType<IdentifierNameSyntax>().Any(use => use.Identifier.ValueText == name && IsChange(use));

    /// <inheritdoc cref="IsChangedIn(string, SyntaxNode)"/>
    /// <remarks>A text is changed by assignments only: `text.Trim()` makes another one.</remarks>
    public static bool IsChangedIn(ISymbol variable, SyntaxNode body)
    {
        bool isText = variable is ILocalSymbol { Type.SpecialType: SpecialType.System_String } or IParameterSymbol { Type.SpecialType: SpecialType.System_String } or IFieldSymbol { Type.SpecialType: SpecialType.System_String };
        return body.DescendantNodes().OfType<IdentifierNameSyntax>().Any(use => use.Identifier.ValueText == variable.Name && IsChange(use) && !(isText && use.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax }));
    }

    /// <summary>True when code before a call, in the same body, assigns to a variable or changes the object in it.</summary>
    public static bool IsChangedBefore(ISymbol variable, SyntaxNode call, SyntaxNode body) => body.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Any(use => use.SpanStart < call.SpanStart && use.Identifier.ValueText == variable.Name && IsChange(use) && use.FirstAncestorOrSelf<AssignmentExpressionSyntax>()?.Right.Span.Contains(call.Span) != true);

    /// <summary>True when a use of a variable assigns to it, or changes the object in it.</summary>
    public static bool IsChange(IdentifierNameSyntax use)
    {
        SyntaxNode whole = use.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } self ? self : use;
        while (whole.Parent is MemberAccessExpressionSyntax { Parent: MemberAccessExpressionSyntax } member && member.Expression == whole)
        {
            whole = member;
        }

        return whole.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == whole,
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } => true,
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } => true,
            ArgumentSyntax argument => argument.RefKindKeyword.RawKind != 0,
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax, Name.Identifier.ValueText: { } method } => IsMutating(method),
            MemberAccessExpressionSyntax access => access.Expression == whole && access.Parent is AssignmentExpressionSyntax assignment && assignment.Left == access,
            _ => false,
        };
    }

    private static IEnumerable<IdentifierNameSyntax> NamesOf(InvocationExpressionSyntax invocation) => invocation.DescendantNodes().OfType<IdentifierNameSyntax>();

    private static bool Varies(IdentifierNameSyntax name, RepeatedCall call) => call.Semantics.GetSymbolInfo(name).Symbol switch
    {
        IRangeVariableSymbol => true,
        { } symbol and (ILocalSymbol or IParameterSymbol) => IsChangedIn(symbol, call.Loop.Body) || IsPassedOn(symbol, call) || (IsDeclaredIn(symbol, call.Loop.Syntax) && !IsSameInEveryRound(symbol, call)),
        IFieldSymbol field => !IsFixed(field) || IsChangedIn(field, call.Loop.Body),
        IPropertySymbol property => !IsFixed(property, name) && !(name.Parent is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax } && !property.IsStatic),
        IMethodSymbol method => !IsCalled(method, name, (InvocationExpressionSyntax)call.Site) && method.ContainingType?.SpecialType != SpecialType.System_String,
        _ => false,
    };

    // `var prompt = "the same";` in the loop's body.
    private static bool IsSameInEveryRound(ISymbol variable, RepeatedCall call) => variable.DeclaringSyntaxReferences[0].GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } initial }
        && call.Semantics.GetConstantValue(initial).HasValue;

    // A method on the way asks the same when it passes on what it was given, constants and what never changes.
    private static bool IsConstant(CallFrame frame, CancellationToken cancellationToken) => frame.Invocation is InvocationExpressionSyntax invocation
        && NamesOf(invocation).All(name => frame.Semantics.GetSymbolInfo(name, cancellationToken).Symbol switch
        {
            IParameterSymbol parameter => !IsChangedIn(parameter, frame.Body),
            IFieldSymbol field => IsFixed(field),
            IPropertySymbol property => IsFixed(property, name),
            IMethodSymbol method => IsCalled(method, name, invocation),
            INamespaceOrTypeSymbol => true,
            _ => false,
        });

    // Other code may set a field that can be set, and fill a list. Of a client or of options it is the object that counts.
    private static bool IsFixed(IFieldSymbol field) => field.IsConst || (field.Type.SpecialType == SpecialType.System_String || field.Type.IsValueType
        ? field.IsReadOnly
        : field.Type.AllInterfaces.All(static contract => contract.SpecialType != SpecialType.System_Collections_IEnumerable));

    // `.Length` of a text, a member of an initializer, and a property that the constructor alone sets.
    private static bool IsFixed(IPropertySymbol property, IdentifierNameSyntax name) => property.ContainingType.SpecialType == SpecialType.System_String
        || name.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } or NameColonSyntax
        || property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => field.IsReadOnly && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property) && IsFixed(field))
        || (property.IsStatic && property.ContainingType.Name is "ChatRole" or "AuthorRole" or "String");

    private static bool IsCalled(IMethodSymbol method, IdentifierNameSyntax name, InvocationExpressionSyntax invocation) =>
        method.Name == name.Identifier.ValueText && (invocation.Expression == name || (invocation.Expression as MemberAccessExpressionSyntax)?.Name == name);

    // `AddUserMessage`, `AppendLine`, `RemoveAt`: a method of such a name changes its object, whichever type declares it.
    private static bool IsMutating(string method) => MutatingVerbs.Any(verb => method.StartsWith(verb, StringComparison.Ordinal));

    // Other code of the loop that is passed the object may change it.
    private static bool IsPassedOn(ISymbol symbol, RepeatedCall call)
    {
        ITypeSymbol? type = symbol switch { ILocalSymbol local => local.Type, IParameterSymbol parameter => parameter.Type, _ => null };
        return type is { IsReferenceType: true, SpecialType: SpecialType.None }
            && call.Loop.Body.DescendantNodes().OfType<ArgumentSyntax>().Any(argument => argument.Expression is IdentifierNameSyntax name
                && name.Identifier.ValueText == symbol.Name && argument.Parent?.Parent != call.Site && argument.Parent?.Parent is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax);
    }
}
