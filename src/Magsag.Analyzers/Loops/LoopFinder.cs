using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Loops;

/// <summary>Finds the loop that repeats a call without need: not a retry, not a conversation, not over a few constants.</summary>
internal sealed class LoopFinder
{
    // A cache would hardly pay for itself with so few constant items.
    private const int FewItems = 5;

    private static readonly HashSet<string> Repeaters = new(StringComparer.Ordinal) { "Select", "SelectMany", "ForEach", "ForEachAsync", "ForAsync" };
    private static readonly HashSet<string> Memoizers = new(StringComparer.Ordinal) { "GetOrCreate", "GetOrCreateAsync", "GetOrAdd", "GetOrAddAsync", "GetOrSet", "GetOrSetAsync", "AddOrUpdate" };
    private static readonly HashSet<string> CacheLookUps = new(StringComparer.Ordinal) { "TryGetValue", "ContainsKey", "TryGet", "TryAdd", "Contains", "Get", "GetAsync", "GetString", "GetStringAsync" };
    private static readonly HashSet<string> InputReaders = new(StringComparer.Ordinal) { "ReadLine", "ReadLineAsync", "ReadKey", "ReceiveAsync", "ReadAsync", "Prompt", "Ask", "AskAsync" };

    private readonly LlmCall _call;
    private readonly KnownApis _apis;

    private LoopFinder(LlmCall call, KnownApis apis)
    {
        _call = call;
        _apis = apis;
    }

    /// <summary>The loop that repeats the call; null when none does, or one that is no waste.</summary>
    public static EnclosingLoop? Find(LlmCall call, FileContext context) => new LoopFinder(call, context.Apis).Find(call.Operation.Syntax, null);

    private EnclosingLoop? Find(SyntaxNode inner, string? function)
    {
        for (SyntaxNode? node = inner.Parent; node is not null; inner = node, node = node.Parent)
        {
            switch (node)
            {
                case InvocationExpressionSyntax invocation when invocation.ArgumentList == inner && IsMemoizer(invocation):
                case BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or BaseTypeDeclarationSyntax:
                    return null;
                case LocalFunctionStatementSyntax local:
                    return function is not null || TakesConversation(local) ? null : FindCaller(local);
                case AnonymousFunctionExpressionSyntax lambda when RunsWhereItStands(lambda):
                    break;
                case AnonymousFunctionExpressionSyntax lambda:
                    // How often any other lambda runs isn't known here.
                    return FindRepeater(lambda) is { } repeater ? Check(new EnclosingLoop(repeater, lambda, function), null) : null;
                case CommonForEachStatementSyntax loop when loop.Statement == inner:
                    return HasFewItems(loop.Expression, _call.Semantics) ? null : Check(new EnclosingLoop(loop, loop.Statement, function), null);
                case QueryExpressionSyntax query when query.Body == inner:
                    return AreFew(query.FromClause.Expression) ? null : Check(new EnclosingLoop(query, query.Body, function), null);
                case ForStatementSyntax loop when loop.Statement == inner:
                    return HasFewRounds(loop) ? null : Check(new EnclosingLoop(loop, loop.Statement, function), loop.Condition);
                case WhileStatementSyntax loop when loop.Statement == inner:
                    return Check(new EnclosingLoop(loop, loop.Statement, function), loop.Condition);
                case DoStatementSyntax loop when loop.Statement == inner:
                    return Check(new EnclosingLoop(loop, loop.Statement, function), loop.Condition);
            }
        }

        return null;
    }

    private bool TakesConversation(LocalFunctionStatementSyntax function) =>
        function.ParameterList.Parameters.Any(parameter => parameter.Type is { } type && _apis.IsConversation(SyntaxNames.GetTypeName(type)));

    // A local function is repeated by the loops that call it.
    private EnclosingLoop? FindCaller(LocalFunctionStatementSyntax function) => (function.Parent is GlobalStatementSyntax global ? global.Parent : function.Parent)?.DescendantNodes()
        .OfType<InvocationExpressionSyntax>()
        .Where(caller => caller.Expression is IdentifierNameSyntax name && name.Identifier.ValueText == function.Identifier.ValueText && !function.Span.Contains(caller.Span))
        .Select(caller => Find(caller, function.Identifier.ValueText) is { } loop && !IsLeftAfter(caller, loop) ? loop : null)
        .FirstOrDefault(static loop => loop is not null);

    private EnclosingLoop? Check(EnclosingLoop loop, ExpressionSyntax? condition)
    {
        // A while loop usually waits for something: a person, a queue, a state. Only a call that never changes is certainly waste.
        bool waits = loop.Syntax is WhileStatementSyntax or DoStatementSyntax && !Drains(loop, condition) && !LoopInvariance.IsInvariant(_call, loop);
        return waits || IsLeftAfter(_call.Operation.Syntax, loop) || IsConversation(loop) || IsGuarded(loop) || ReadsInput(loop, condition) ? null : loop;
    }

    // `while (rows.TryDequeue(out var row))` with nothing added on the way is a loop over items.
    private static bool Drains(EnclosingLoop loop, ExpressionSyntax? condition) =>
        condition is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: { } items, Name.Identifier.ValueText: "TryDequeue" or "TryPop" or "TryTake" } }
        && SyntaxNames.GetLastName(items) is { } name && !LoopInvariance.IsChangedIn(name, loop.Body);

    // `Task.Run(() => …)`, and helpers that retry.
    private static bool RunsWhereItStands(AnonymousFunctionExpressionSyntax lambda) => lambda.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax invocation }
        && SyntaxNames.GetCalledName(invocation) is { } name
        && (name.Contains("Retry") || (name is "Run" or "StartNew" && invocation.Expression is MemberAccessExpressionSyntax { Expression: { } owner } && SyntaxNames.GetLastName(owner) is "Task" or "Factory"));

    // A retry: once the call has succeeded, the loop is left.
    private static bool IsLeftAfter(SyntaxNode call, EnclosingLoop loop)
    {
        // Leaving a lambda isn't leaving the loop around it.
        SyntaxNode start = call.Ancestors().TakeWhile(node => node != loop.Body).LastOrDefault(static node => node is AnonymousFunctionExpressionSyntax) ?? call;
        for (SyntaxNode? node = start; node is not null && node != loop.Syntax; node = node.Parent)
        {
            if (node is ReturnStatementSyntax && loop.Body is not AnonymousFunctionExpressionSyntax && !node.Ancestors().TakeWhile(ancestor => ancestor != loop.Body).Any(static ancestor => ancestor is AnonymousFunctionExpressionSyntax))
            {
                return true;
            }

            if (node is StatementSyntax { Parent: BlockSyntax block } statement && loop.Syntax is StatementSyntax
                && block.Statements.Skip(block.Statements.IndexOf(statement) + 1).Any(static later => later is ReturnStatementSyntax or BreakStatementSyntax || LeavesConditionally(later)))
            {
                return true;
            }
        }

        return false;
    }

    // `if (good) return answer;` after the call: the loop goes on only when the answer wasn't good enough.
    private static bool LeavesConditionally(StatementSyntax statement) => statement is IfStatementSyntax choice
        && choice.Statement.DescendantNodesAndSelf(static node => node is not AnonymousFunctionExpressionSyntax).Any(static node => node is ReturnStatementSyntax or BreakStatementSyntax);

    // The answers are fed back: each round asks something new on purpose.
    private bool IsConversation(EnclosingLoop loop) => _call.Operation.Syntax is InvocationExpressionSyntax invocation
        && invocation.ArgumentList.Arguments.Any(argument => argument.Expression is IdentifierNameSyntax list && !IsDeclaredInside(list, loop)
            && _call.Semantics.GetTypeInfo(list).Type is var type && (_apis.IsSession(type) || (IsList(type) && LoopInvariance.IsChangedIn(list.Identifier.ValueText, loop.Body))));

    private bool IsDeclaredInside(IdentifierNameSyntax name, EnclosingLoop loop) =>
        _call.Semantics.GetSymbolInfo(name).Symbol is { } symbol && LoopInvariance.IsDeclaredIn(symbol, loop.Body);

    private static bool IsList(ITypeSymbol? type) => type is not null && type.SpecialType != SpecialType.System_String
        && (type is IArrayTypeSymbol || type.AllInterfaces.Concat(type is INamedTypeSymbol named ? [named] : []).Any(static contract => contract.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T));

    // `if (!cache.TryGetValue(key, out …))`, `if (cached is null)`, `if (seen.Add(key))` around or before the call.
    private bool IsGuarded(EnclosingLoop loop) => (loop.Body is AnonymousFunctionExpressionSyntax lambda ? lambda.Body : loop.Body).DescendantNodes().OfType<IfStatementSyntax>()
        .Where(choice => choice.SpanStart < _call.Operation.Syntax.SpanStart)
        .Any(static choice => choice.Condition.DescendantNodesAndSelf().Any(static node => node is IdentifierNameSyntax { Identifier.ValueText: { } name }
            && (CacheLookUps.Contains(name) || name.IndexOf("cache", StringComparison.OrdinalIgnoreCase) >= 0)));

    private bool ReadsInput(EnclosingLoop loop, ExpressionSyntax? condition) => loop.Body.DescendantNodes().Concat(condition?.DescendantNodesAndSelf() ?? [])
        .Any(node => node is IdentifierNameSyntax { Identifier.ValueText: { } name } && InputReaders.Contains(name) && name != _call.Operation.TargetMethod.Name && name != loop.Function);

    private static SyntaxNode? FindRepeater(AnonymousFunctionExpressionSyntax lambda) =>
        lambda.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax invocation } && SyntaxNames.GetCalledName(invocation) is { } name && Repeaters.Contains(name) && !AreFew((invocation.Expression as MemberAccessExpressionSyntax)?.Expression)
            ? invocation
            : null;

    private static bool IsMemoizer(InvocationExpressionSyntax invocation) => SyntaxNames.GetCalledName(invocation) is { } name && Memoizers.Contains(name);

    /// <summary>True for a handful of constants, in place or in a local variable.</summary>
    public static bool HasFewItems(ExpressionSyntax items, SemanticModel semantics) => AreFew(items)
        || (items is IdentifierNameSyntax name && semantics.GetSymbolInfo(name).Symbol is ILocalSymbol local
            && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } initial } declarator
            && AreFew(initial) && declarator.Ancestors().FirstOrDefault(static node => node is BlockSyntax or CompilationUnitSyntax) is { } scope && !LoopInvariance.IsChangedIn(name.Identifier.ValueText, scope));

    private static bool AreFew(ExpressionSyntax? items) => items switch
    {
        InitializerExpressionSyntax initializer => initializer.Expressions.Count <= FewItems,
        BaseObjectCreationExpressionSyntax { Initializer: { RawKind: (int)SyntaxKind.CollectionInitializerExpression } initializer } => AreFew(initializer),
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => AreFew(initializer),
        ImplicitArrayCreationExpressionSyntax { Initializer: { } initializer } => AreFew(initializer),
        CollectionExpressionSyntax collection => collection.Elements.Count <= FewItems && collection.Elements.All(static element => element is ExpressionElementSyntax),
        _ => false,
    };

    private static bool HasFewRounds(ForStatementSyntax loop) =>
        loop.Condition is BinaryExpressionSyntax { Right: LiteralExpressionSyntax { Token.Value: int bound } } && bound <= FewItems;
}
