using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers;

/// <summary>Tells whether a call is repeated with nothing that would stop it: not by a retry, not by a conversation, not over a handful of constants.</summary>
internal static class LoopFinder
{
    // Up to this many constant items a cache would hardly pay for itself.
    private const int Handful = 5;

    private static readonly HashSet<string> Repeaters = new(StringComparer.Ordinal) { "Select", "SelectMany", "ForEach", "ForEachAsync", "ForAsync" };
    private static readonly HashSet<string> Memoisers = new(StringComparer.Ordinal) { "GetOrCreate", "GetOrCreateAsync", "GetOrAdd", "GetOrAddAsync", "GetOrSet", "GetOrSetAsync", "AddOrUpdate" };

    private static readonly string[] Mutating = ["Add", "Append", "Clear", "Enqueue", "Insert", "Push", "Reduce", "Remove", "Set", "Trim"];

    /// <summary>The loop that repeats the call; null when none does, or one that is no waste.</summary>
    public static EnclosingLoop? Find(LlmCall call) => Find(call, call.Operation.Syntax, null);

    private static EnclosingLoop? Find(LlmCall call, SyntaxNode inner, string? function)
    {
        for (SyntaxNode? node = inner.Parent; node is not null; inner = node, node = node.Parent)
        {
            switch (node)
            {
                case InvocationExpressionSyntax invocation when invocation.ArgumentList == inner && IsMemoiser(invocation):
                case BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or BaseTypeDeclarationSyntax:
                    return null;
                case LocalFunctionStatementSyntax local:
                    return function is not null || local.ParameterList.Parameters.Any(static parameter => parameter.Type is { } type && IsNamedSession(type)) ? null : FindCaller(call, local);
                case AnonymousFunctionExpressionSyntax lambda:
                    // Who runs any other lambda, and how often, isn't known here.
                    return RepeaterOf(lambda) is { } repeater ? Judge(call, new EnclosingLoop(repeater, lambda, function), null) : null;
                case CommonForEachStatementSyntax loop when loop.Statement == inner:
                    return IsHandful(loop.Expression, call.Semantics) ? null : Judge(call, new EnclosingLoop(loop, loop.Statement, function), null);
                case ForStatementSyntax loop when loop.Statement == inner:
                    return IsHandful(loop) ? null : Judge(call, new EnclosingLoop(loop, loop.Statement, function), loop.Condition);
                case WhileStatementSyntax loop when loop.Statement == inner:
                    return Judge(call, new EnclosingLoop(loop, loop.Statement, function), loop.Condition);
                case DoStatementSyntax loop when loop.Statement == inner:
                    return Judge(call, new EnclosingLoop(loop, loop.Statement, function), loop.Condition);
            }
        }

        return null;
    }

    // A local function is repeated by the loops that call it.
    private static EnclosingLoop? FindCaller(LlmCall call, LocalFunctionStatementSyntax function) => (function.Parent is GlobalStatementSyntax global ? global.Parent : function.Parent)?.DescendantNodes()
        .OfType<InvocationExpressionSyntax>()
        .Where(caller => caller.Expression is IdentifierNameSyntax name && name.Identifier.ValueText == function.Identifier.ValueText && !function.Span.Contains(caller.Span))
        .Select(caller => Find(call, caller, function.Identifier.ValueText) is { } loop && !IsLeftAfter(caller, loop) ? loop : null)
        .FirstOrDefault(static loop => loop is not null);

    private static bool IsNamedSession(TypeSyntax type) => SyntaxNames.OfType(type) is "AgentSession" or "AgentThread" or "ChatHistory";

    private static EnclosingLoop? Judge(LlmCall call, EnclosingLoop loop, ExpressionSyntax? condition)
    {
        // A while loop usually waits for something: a person, a queue, a state. Only a call that never changes is waste for certain.
        bool waits = loop.Syntax is WhileStatementSyntax or DoStatementSyntax && !IsInvariant(call, loop);
        return waits || IsLeftAfter(call.Operation.Syntax, loop) || IsConversation(call, loop) || IsGuarded(call, loop) || WaitsForInput(call, loop, condition) ? null : loop;
    }

    /// <summary>True when nothing that the call uses changes from one round to the next.</summary>
    public static bool IsInvariant(LlmCall call, EnclosingLoop loop)
    {
        if (loop.Function is not null || !loop.Body.Span.Contains(call.Operation.Syntax.Span) || call.Operation.Syntax is not InvocationExpressionSyntax invocation)
        {
            return false;
        }

        IdentifierNameSyntax[] names = [.. invocation.DescendantNodes().OfType<IdentifierNameSyntax>()];
        // Another one in every round, which needn't be bound to be known.
        if (loop.Item is { } item && names.Any(name => name.Identifier.ValueText == item))
        {
            return false;
        }

        foreach (IdentifierNameSyntax name in names)
        {
            ISymbol? symbol = call.Semantics.GetSymbolInfo(name).Symbol;
            bool varies = symbol switch
            {
                ILocalSymbol or IParameterSymbol or IRangeVariableSymbol => IsDeclaredIn(symbol, loop.Syntax) || IsChangedIn(symbol.Name, loop.Body) || IsHandedOn(call, symbol, loop),
                IFieldSymbol field => !field.IsConst && !field.IsReadOnly && IsChangedIn(field.Name, loop.Body),
                IPropertySymbol property => property.IsStatic && property.ContainingType.Name is "DateTime" or "DateTimeOffset",
                IMethodSymbol method => !SymbolEqualityComparer.Default.Equals(method, call.Operation.TargetMethod) && !SymbolEqualityComparer.Default.Equals(method.ReducedFrom ?? method, call.Operation.TargetMethod.ReducedFrom ?? call.Operation.TargetMethod),
                _ => false,
            };
            if (varies)
            {
                return false;
            }
        }

        return true;
    }

    // `AddUserMessage`, `AppendLine`, `RemoveAt`: what is called like that changes its object, whoever declares it.
    private static bool IsMutating(string method) => Mutating.Any(verb => method.StartsWith(verb, StringComparison.Ordinal));

    private static bool IsDeclaredIn(ISymbol symbol, SyntaxNode loop) =>
        symbol.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == loop.SyntaxTree && loop.Span.Contains(reference.Span));

    // An object that other code of the loop gets may be another one afterwards.
    private static bool IsHandedOn(LlmCall call, ISymbol symbol, EnclosingLoop loop)
    {
        ITypeSymbol? type = symbol switch { ILocalSymbol local => local.Type, IParameterSymbol parameter => parameter.Type, _ => null };
        return type is { IsReferenceType: true, SpecialType: SpecialType.None }
            && loop.Body.DescendantNodes().OfType<ArgumentSyntax>().Any(argument => argument.Expression is IdentifierNameSyntax name
                && name.Identifier.ValueText == symbol.Name && argument.Parent?.Parent != call.Operation.Syntax && argument.Parent?.Parent is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax);
    }

    private static bool IsChangedIn(string name, SyntaxNode body)
    {
        foreach (IdentifierNameSyntax use in body.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (use.Identifier.ValueText != name)
            {
                continue;
            }

            SyntaxNode whole = use.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } self ? self : use;
            while (whole.Parent is MemberAccessExpressionSyntax { Parent: MemberAccessExpressionSyntax } member && member.Expression == whole)
            {
                whole = member;
            }

            bool changes = whole.Parent switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left == whole,
                PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } => true,
                PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } => true,
                ArgumentSyntax argument => argument.RefKindKeyword.RawKind != 0,
                MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax, Name.Identifier.ValueText: { } method } => IsMutating(method),
                MemberAccessExpressionSyntax access => access.Expression == whole && access.Parent is AssignmentExpressionSyntax assignment && assignment.Left == access,
                _ => false,
            };
            if (changes)
            {
                return true;
            }
        }

        return false;
    }

    // A retry: once the call has answered, the loop is left.
    private static bool IsLeftAfter(SyntaxNode call, EnclosingLoop loop)
    {
        for (SyntaxNode? node = call; node is not null && node != loop.Syntax; node = node.Parent)
        {
            if (node is ReturnStatementSyntax && loop.Body is not AnonymousFunctionExpressionSyntax && !node.Ancestors().TakeWhile(ancestor => ancestor != loop.Body).Any(static ancestor => ancestor is AnonymousFunctionExpressionSyntax))
            {
                return true;
            }

            if (node is StatementSyntax statement && statement.Parent is BlockSyntax block && loop.Syntax is StatementSyntax)
            {
                int index = block.Statements.IndexOf(statement);
                if (block.Statements.Skip(index + 1).Any(static later => later is ReturnStatementSyntax or BreakStatementSyntax || LeavesConditionally(later)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // `if (good) return answer;` after the call: the loop goes on only when the answer wasn't good enough.
    private static bool LeavesConditionally(StatementSyntax statement) => statement is IfStatementSyntax choice
        && choice.Statement.DescendantNodesAndSelf(static node => node is not AnonymousFunctionExpressionSyntax).Any(static node => node is ReturnStatementSyntax or BreakStatementSyntax);

    // The answers are fed back: each round asks something new on purpose.
    private static bool IsConversation(LlmCall call, EnclosingLoop loop) => call.Operation.Syntax is InvocationExpressionSyntax invocation
        && invocation.ArgumentList.Arguments.Any(argument => argument.Expression is IdentifierNameSyntax list && !IsDeclaredInside(call, list, loop)
            && (IsSession(call.Semantics.GetTypeInfo(list).Type) || IsList(call.Semantics.GetTypeInfo(list).Type) && IsChangedIn(list.Identifier.ValueText, loop.Body)));

    private static bool IsDeclaredInside(LlmCall call, IdentifierNameSyntax name, EnclosingLoop loop) =>
        call.Semantics.GetSymbolInfo(name).Symbol is { } symbol && IsDeclaredIn(symbol, loop.Body);

    // What keeps the conversation for its caller.
    private static bool IsSession(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.Name is "AgentSession" or "AgentThread")
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsList(ITypeSymbol? type) => type is not null && type.SpecialType != SpecialType.System_String
        && (type is IArrayTypeSymbol || type.AllInterfaces.Concat(type is INamedTypeSymbol named ? [named] : []).Any(static contract => contract.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T));

    // `if (!cache.TryGetValue(key, out …))`, `if (cached is null)`, `if (seen.Add(key))` around or before the call.
    private static bool IsGuarded(LlmCall call, EnclosingLoop loop)
    {
        SyntaxNode body = loop.Body is AnonymousFunctionExpressionSyntax lambda ? lambda.Body : loop.Body;
        return body.DescendantNodes().OfType<IfStatementSyntax>()
            .Where(choice => choice.SpanStart < call.Operation.Syntax.SpanStart)
            .Any(static choice => choice.Condition.DescendantNodesAndSelf().Any(static node => node is IdentifierNameSyntax { Identifier.ValueText: "TryGetValue" or "ContainsKey" or "TryGet" or "TryAdd" or "Contains" or "Get" or "GetAsync" or "GetString" or "GetStringAsync" } || (node is IdentifierNameSyntax { Identifier.ValueText: { } name } && name.IndexOf("cache", StringComparison.OrdinalIgnoreCase) >= 0)));
    }

    private static bool WaitsForInput(LlmCall call, EnclosingLoop loop, ExpressionSyntax? condition)
    {
        IEnumerable<SyntaxNode> nodes = loop.Body.DescendantNodes();
        if (condition is not null)
        {
            nodes = nodes.Concat(condition.DescendantNodesAndSelf());
        }

        return nodes.Any(node => node is IdentifierNameSyntax name && name.Identifier.ValueText != call.Operation.TargetMethod.Name && name.Identifier.ValueText != loop.Function && name is { Identifier.ValueText: "ReadLine" or "ReadLineAsync" or "ReadKey" or "ReceiveAsync" or "ReadAsync" or "Prompt" or "Ask" or "AskAsync" });
    }

    private static SyntaxNode? RepeaterOf(AnonymousFunctionExpressionSyntax lambda) =>
        lambda.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax invocation } && SyntaxNames.OfCalled(invocation) is { } name && Repeaters.Contains(name) && !IsHandful((invocation.Expression as MemberAccessExpressionSyntax)?.Expression)
            ? invocation
            : null;

    private static bool IsMemoiser(InvocationExpressionSyntax invocation) => SyntaxNames.OfCalled(invocation) is { } name && Memoisers.Contains(name);

    private static bool IsHandful(ExpressionSyntax items, SemanticModel semantics) => IsHandful(items)
        || (items is IdentifierNameSyntax name && semantics.GetSymbolInfo(name).Symbol is ILocalSymbol local
            && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } initial } declarator
            && IsHandful(initial) && declarator.Ancestors().FirstOrDefault(static node => node is BlockSyntax or CompilationUnitSyntax) is { } scope && !IsChangedIn(name.Identifier.ValueText, scope));

    private static bool IsHandful(ExpressionSyntax? items) => items switch
    {
        InitializerExpressionSyntax initializer => IsHandful(initializer.Expressions.Count, initializer.Expressions),
        BaseObjectCreationExpressionSyntax { Initializer: { RawKind: (int)SyntaxKind.CollectionInitializerExpression } initializer } => IsHandful(initializer.Expressions.Count, initializer.Expressions),
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => IsHandful(initializer.Expressions.Count, initializer.Expressions),
        ImplicitArrayCreationExpressionSyntax { Initializer: { } initializer } => IsHandful(initializer.Expressions.Count, initializer.Expressions),
        CollectionExpressionSyntax collection => collection.Elements.Count <= Handful && collection.Elements.All(static element => element is ExpressionElementSyntax),
        _ => false,
    };

    private static bool IsHandful(int count, SeparatedSyntaxList<ExpressionSyntax> items) => count <= Handful && items.All(static item => item is not null);

    private static bool IsHandful(ForStatementSyntax loop) =>
        loop.Condition is BinaryExpressionSyntax { Right: LiteralExpressionSyntax { Token.Value: int bound } } && bound <= Handful;
}
