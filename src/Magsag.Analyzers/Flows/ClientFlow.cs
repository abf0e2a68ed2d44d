using Magsag.Analyzers.Receivers;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Flows;

/// <summary>Follows clients from where they are created to everything that may take them, by syntax and by names alone.</summary>
internal sealed class ClientFlow(Compilation compilation, NameIndex index, bool mayBeUsedElsewhere, bool endsUnseen)
{
    // Bounds the work in projects that pass their clients through very many hands.
    private const int MaxSteps = 2000;

    private static readonly HashSet<string> ApiMethods = [.. SdkTable.All.SelectMany(static table => table.Apis).SelectMany(static api => api.Methods)];
    private static readonly string[] BuilderFactories = [.. SdkTable.All.Select(static table => table.ServiceContainer?.BuilderFactory).OfType<string>()];
    private static readonly string[] ContainerTypes = [.. SdkTable.All.Select(static table => table.ServiceContainer?.Type).OfType<string>().Select(SdkNames.GetLast)];
    private static readonly string[] ClientInterfaces = [.. SdkTable.All.SelectMany(static table => table.ClientInterfaces)];

    private readonly ClientReach _reach = new();
    private readonly HashSet<SyntaxNode> _seen = [];
    private readonly Queue<SyntaxNode> _values = new();

    /// <summary>Where the values of some expressions get to.</summary>
    /// <param name="compilation">The project.</param>
    /// <param name="index">The words of its files.</param>
    /// <param name="starts">The expressions, and declarations of variables and members with such values.</param>
    /// <param name="mayBeUsedElsewhere">True when a method which nothing in the project calls is taken for one that registers its result in another project.</param>
    /// <param name="endsUnseen">True when what can't be followed is only said to be lost, instead of being anywhere.</param>
    public static ClientReach Follow(Compilation compilation, NameIndex index, IEnumerable<SyntaxNode> starts, bool mayBeUsedElsewhere = false, bool endsUnseen = false)
    {
        var flow = new ClientFlow(compilation, index, mayBeUsedElsewhere, endsUnseen);
        foreach (SyntaxNode start in starts)
        {
            flow.Start(start);
        }

        for (int step = 0; flow._values.Count > 0 && !flow._reach.IsAnywhere; step++)
        {
            flow._reach.IsAnywhere |= step > MaxSteps;
            flow.FollowValue(flow._values.Dequeue());
        }

        return flow._reach;
    }

    // A declaration gives its variable, and a step of a chain belongs to what the chain is built on.
    private void Start(SyntaxNode start)
    {
        switch (start)
        {
            case VariableDeclaratorSyntax or ParameterSyntax or PropertyDeclarationSyntax or MethodDeclarationSyntax:
                FollowTarget(start);
                break;
            case InvocationExpressionSyntax step:
                FollowChain(step);
                Add(step);
                break;
            default:
                Add(start);
                break;
        }
    }

    // `services.AddChatClient(…).UseX()` is a step of what is registered; `builder.AddOllamaChatClient()` changes what its variable holds.
    private void FollowChain(InvocationExpressionSyntax step)
    {
        ExpressionSyntax root = step;
        while (root is InvocationExpressionSyntax or MemberAccessExpressionSyntax)
        {
            if (root is InvocationExpressionSyntax call)
            {
                if (SyntaxNames.GetCalledName(call) is { } name && IsRegistration(name))
                {
                    Register(name, call);
                    return;
                }

                root = call.Expression;
            }
            else
            {
                root = ((MemberAccessExpressionSyntax)root).Expression;
            }
        }

        if (FindLocal(root) is { } builder)
        {
            FollowTarget(builder);
        }
    }

    private static ExpressionSyntax FindRoot(ExpressionSyntax chain)
    {
        while (!IsContainerFactory(chain) && chain is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } or MemberAccessExpressionSyntax)
        {
            chain = chain is InvocationExpressionSyntax call ? ((MemberAccessExpressionSyntax)call.Expression).Expression : ((MemberAccessExpressionSyntax)chain).Expression;
        }

        return chain;
    }

    // `Kernel.CreateBuilder()`: what is added to it is in that container only.
    private static bool IsContainerFactory(ExpressionSyntax? made) => made is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: { } type, Name.Identifier.ValueText: { } method } }
        && BuilderFactories.Contains(method) && SyntaxNames.GetLastName(type) is { } name && ContainerTypes.Contains(name);

    private static VariableDeclaratorSyntax? FindLocal(ExpressionSyntax use) => use is IdentifierNameSyntax variable && GetScope(use) is { } scope ? FindDeclaredIn(variable.Identifier.ValueText, scope) : null;

    private void Lose()
    {
        _reach.IsAnywhere |= !endsUnseen;
        _reach.IsLost = true;
    }

    private void Add(SyntaxNode value)
    {
        if (_seen.Add(value))
        {
            _values.Enqueue(value);
        }
    }

    private void FollowValue(SyntaxNode value)
    {
        switch (value.Parent)
        {
            case ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax or CastExpressionSyntax or ConditionalExpressionSyntax or AwaitExpressionSyntax or SwitchExpressionArmSyntax or SwitchExpressionSyntax
                or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression or (int)SyntaxKind.AsExpression }:
                Add(value.Parent);
                break;
            case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access when access.Expression == value:
                FollowCallOn(call);
                break;
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Services" or "ServiceProvider", Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax resolved } }:
                FollowCallOn(resolved);
                break;
            case ConditionalAccessExpressionSyntax access when access.Expression == value:
                Add(access);
                break;
            case MemberAccessExpressionSyntax { Parent: AssignmentExpressionSyntax } or MemberAccessExpressionSyntax or BinaryExpressionSyntax or IsPatternExpressionSyntax or InterpolationSyntax or ExpressionStatementSyntax
                or PrefixUnaryExpressionSyntax or UsingStatementSyntax or NameColonSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or AttributeArgumentSyntax:
                break;
            case EqualsValueClauseSyntax { Parent: { } target }:
                FollowTarget(target);
                break;
            case AssignmentExpressionSyntax assignment when assignment.Right == value:
                FollowAssignment(assignment);
                break;
            case AssignmentExpressionSyntax:
                break;
            case ReturnStatementSyntax or ArrowExpressionClauseSyntax:
                FollowResult(value.Parent);
                break;
            case AnonymousFunctionExpressionSyntax function:
                Add(function);
                break;
            case ArgumentSyntax { Parent: BaseArgumentListSyntax { Parent: { } taker } }:
                FollowArgument(taker, value);
                break;
            default:
                Lose();
                break;
        }
    }

    private void FollowAssignment(AssignmentExpressionSyntax assignment)
    {
        if (assignment.Parent is InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax creation })
        {
            FollowCreation(creation);
            return;
        }

        switch (assignment.Left)
        {
            case IdentifierNameSyntax variable when GetScope(assignment) is { } scope && FindDeclaredIn(variable.Identifier.ValueText, scope) is { } local:
                FollowTarget(local);
                break;
            case IdentifierNameSyntax member:
                FollowMember(member.Identifier.ValueText, assignment);
                break;
            case MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: { } member }:
                FollowMember(member, assignment);
                break;
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: { } member, Expression: { } owner }:
                FollowEverywhere(member, ReceiverTrace.AnyType + member);
                if (endsUnseen && FindLocal(owner) is { } options)
                {
                    FollowTarget(options);
                }

                break;
            default:
                Lose();
                break;
        }
    }

    private void FollowTarget(SyntaxNode target)
    {
        switch (target)
        {
            case VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } field:
                FollowMember(field.Identifier.ValueText, field);
                break;
            case VariableDeclaratorSyntax local when _reach.Names.Add(ReceiverTrace.NameOf(local)):
                FollowMentions(local.Identifier.ValueText, GetScope(local));
                break;
            case VariableDeclaratorSyntax:
                break;
            case ParameterSyntax parameter:
                FollowMentions(parameter.Identifier.ValueText, parameter.Parent?.Parent);
                break;
            case PropertyDeclarationSyntax property:
                FollowMember(property.Identifier.ValueText, property);
                break;
            case MethodDeclarationSyntax method:
                FollowEverywhere(method.Identifier.ValueText, method.Identifier.ValueText);
                break;
            default:
                Lose();
                break;
        }
    }

    // What holds the result: the function, or the member that returns it.
    private void FollowResult(SyntaxNode result)
    {
        switch (result.Ancestors().FirstOrDefault(static node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax))
        {
            case AnonymousFunctionExpressionSyntax function:
                Add(function);
                break;
            case LocalFunctionStatementSyntax function when _reach.Names.Add(function.Identifier.ValueText):
                FollowMentions(function.Identifier.ValueText, GetScope(function));
                break;
            case LocalFunctionStatementSyntax:
                break;
            case MemberDeclarationSyntax member and (PropertyDeclarationSyntax or MethodDeclarationSyntax):
                FollowTarget(member);
                break;
            default:
                Lose();
                break;
        }
    }

    private void FollowCallOn(InvocationExpressionSyntax call)
    {
        // An answer is no client.
        if (!ApiMethods.Contains(SyntaxNames.GetCalledName(call) ?? "") && call.Parent is not ExpressionStatementSyntax)
        {
            Add(call);
        }
    }

    private void FollowArgument(SyntaxNode taker, SyntaxNode value)
    {
        switch (taker)
        {
            case InvocationExpressionSyntax call:
                FollowCall(call);
                break;
            case BaseObjectCreationExpressionSyntax creation:
                FollowCreation(creation);
                break;
            case PrimaryConstructorBaseTypeSyntax or ConstructorInitializerSyntax when value.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type:
                FollowType(type.Identifier.ValueText);
                break;
            default:
                Lose();
                break;
        }
    }

    private void FollowCall(InvocationExpressionSyntax call)
    {
        string name = SyntaxNames.GetCalledName(call) ?? "";
        if (name == "nameof")
        {
            return;
        }

        if (IsRegistration(name))
        {
            Register(name, call);
            return;
        }

        if (compilation.GetSymbolsWithName(name, SymbolFilter.Member).Any())
        {
            _reach.Names.Add(name);
            FollowTakers(FindDeclarations(name, SymbolFilter.Member));
        }

        if (!ApiMethods.Contains(name) && call.Parent is not (ExpressionStatementSyntax or AwaitExpressionSyntax { Parent: ExpressionStatementSyntax }))
        {
            Add(call);
        }
    }

    private void FollowCreation(BaseObjectCreationExpressionSyntax creation)
    {
        string? name = creation switch
        {
            ObjectCreationExpressionSyntax named => SyntaxNames.GetTypeName(named.Type),
            { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type: { } type } } } } => SyntaxNames.GetTypeName(type),
            { Parent: ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax { ReturnType: { } type } } } => SyntaxNames.GetTypeName(type),
            _ => null,
        };
        if (name is null)
        {
            Lose();
            return;
        }

        ISymbol[] own = [.. compilation.GetSymbolsWithName(name, SymbolFilter.Type)];
        if (own.Length > 0)
        {
            FollowType(name);
        }

        // A type of the project that is no client itself keeps what it is given.
        if (own.Length == 0 || own.OfType<INamedTypeSymbol>().Any(static type => type.AllInterfaces.Any(static contract => ClientInterfaces.Contains(contract.Name))))
        {
            Add(creation);
        }
    }

    private void FollowType(string name)
    {
        if (_reach.Names.Add(name))
        {
            FollowTakers(FindDeclarations(name, SymbolFilter.Type));
        }
    }

    private IEnumerable<SyntaxNode> FindDeclarations(string name, SymbolFilter filter) =>
        compilation.GetSymbolsWithName(name, filter).SelectMany(static symbol => symbol.DeclaringSyntaxReferences).Select(static reference => reference.GetSyntax());

    // What takes a client may hand it on, to anything that it creates or calls with an argument of its own.
    private void FollowTakers(IEnumerable<SyntaxNode> takers)
    {
        foreach (SyntaxNode taker in takers)
        {
            string[] parameters = [.. taker.DescendantNodesAndSelf().OfType<ParameterSyntax>().Select(static parameter => parameter.Identifier.ValueText)];
            foreach (IdentifierNameSyntax use in taker.DescendantNodes().OfType<IdentifierNameSyntax>().Where(use => parameters.Contains(use.Identifier.ValueText)))
            {
                if (use.Parent is AssignmentExpressionSyntax { Left: { } left } assignment && assignment.Right == use && SyntaxNames.GetLastName(left) is { } member)
                {
                    FollowArguments(member, taker);
                }
            }

            foreach (string parameter in parameters)
            {
                FollowArguments(parameter, taker);
            }
        }
    }

    private void FollowArguments(string variable, SyntaxNode scope)
    {
        foreach (ArgumentSyntax argument in scope.DescendantNodes().OfType<ArgumentSyntax>().Where(argument => argument.Expression is IdentifierNameSyntax name && name.Identifier.ValueText == variable))
        {
            switch (argument.Parent?.Parent)
            {
                case ObjectCreationExpressionSyntax creation when SyntaxNames.GetTypeName(creation.Type) is { } type && compilation.ContainsSymbolsWithName(type, SymbolFilter.Type):
                    FollowType(type);
                    break;
                case InvocationExpressionSyntax call when SyntaxNames.GetCalledName(call) is { } method && compilation.ContainsSymbolsWithName(method, SymbolFilter.Member) && _reach.Names.Add(method):
                    FollowTakers(FindDeclarations(method, SymbolFilter.Member));
                    break;
            }
        }
    }

    // A member of the type around a node. Others than its type mention it only where it isn't private.
    private void FollowMember(string member, SyntaxNode node)
    {
        if (node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
        {
            Lose();
            return;
        }

        // One that the type inherits may be named after any type.
        MemberDeclarationSyntax? declaration = type.Members.FirstOrDefault(declared => Declares(declared, member));
        string name = declaration is null ? ReceiverTrace.AnyType + member : $"{type.Identifier.ValueText}.{member}";
        if (declaration is null || !IsPrivate(declaration))
        {
            FollowEverywhere(member, name);
        }
        else if (_reach.Names.Add(name))
        {
            FollowMentions(member, type);
        }
    }

    private static bool IsPrivate(MemberDeclarationSyntax member) => !member.Modifiers.Any(static modifier => modifier.IsKind(SyntaxKind.PublicKeyword) || modifier.IsKind(SyntaxKind.InternalKeyword) || modifier.IsKind(SyntaxKind.ProtectedKeyword));

    private static bool Declares(MemberDeclarationSyntax declaration, string name) => declaration switch
    {
        FieldDeclarationSyntax field => field.Declaration.Variables.Any(variable => variable.Identifier.ValueText == name),
        PropertyDeclarationSyntax property => property.Identifier.ValueText == name,
        _ => false,
    };

    // Wherever the project mentions a member.
    private void FollowEverywhere(string member, string name)
    {
        if (!_reach.Names.Add(name))
        {
            return;
        }

        int known = _values.Count;
        foreach (SyntaxTree file in index.FindFiles(member))
        {
            FollowMentions(member, file.GetRoot());
        }

        _reach.Registered |= mayBeUsedElsewhere && _values.Count == known ? ServiceKinds.Any : ServiceKinds.None;
    }

    private static VariableDeclaratorSyntax? FindDeclaredIn(string local, SyntaxNode scope) => scope.DescendantNodes().OfType<VariableDeclaratorSyntax>()
        .FirstOrDefault(declarator => declarator.Identifier.ValueText == local && declarator.Parent?.Parent is not FieldDeclarationSyntax);

    private void FollowMentions(string name, SyntaxNode? scope)
    {
        foreach (IdentifierNameSyntax use in scope?.DescendantNodes().OfType<IdentifierNameSyntax>().Where(use => use.Identifier.ValueText == name && !SyntaxFacts.IsInNamespaceOrTypeContext(use)) ?? [])
        {
            ExpressionSyntax whole = use.Parent is MemberAccessExpressionSyntax access && access.Name == use ? access : use;
            Add(whole.Parent is InvocationExpressionSyntax call && call.Expression == whole ? call : whole);
        }
    }

    private static bool IsRegistration(string name) => (name.StartsWith("Add", StringComparison.Ordinal) && name.Length > 3) || name.StartsWith("TryAdd", StringComparison.Ordinal) || name is "Replace";

    private void Register(string method, InvocationExpressionSyntax registration)
    {
        ExpressionSyntax root = FindRoot(registration);
        if (IsContainerFactory(root))
        {
            _reach.IsContained = true;
            Add(registration);
            return;
        }

        if (FindLocal(root) is { Initializer.Value: { } made } local && IsContainerFactory(FindRoot(made)))
        {
            _reach.IsContained = true;
            FollowTarget(local);
            return;
        }

        if (method.IndexOf("Keyed", StringComparison.Ordinal) < 0)
        {
            _reach.Registered |= FindKinds(registration);
            return;
        }

        _reach.ServiceKeys.Add(registration.ArgumentList.Arguments.FirstOrDefault()?.Expression switch
        {
            LiteralExpressionSyntax literal => literal.Token.ValueText,
            { } key => "." + key,
            null => ".",
        });
    }

    // `AddChatClient(…)`, `AddSingleton<IEmbeddingGenerator<…>>(…)`; a client of an SDK may be either.
    private static ServiceKinds FindKinds(InvocationExpressionSyntax registration)
    {
        string method = GetNameWithTypes(registration);
        ServiceKinds kinds = (method.Contains("Embedding") ? ServiceKinds.Embeddings : ServiceKinds.None) | (method.Contains("Chat") || method.Contains("TextGeneration") ? ServiceKinds.Text : ServiceKinds.None);
        return kinds == ServiceKinds.None ? ServiceKinds.Any : kinds;
    }

    private static string GetNameWithTypes(InvocationExpressionSyntax call) => (call.Expression switch { MemberAccessExpressionSyntax access => access.Name, SimpleNameSyntax name => name, _ => null })?.ToString() ?? "";

    private static SyntaxNode? GetScope(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(static ancestor => ancestor is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or PropertyDeclarationSyntax or CompilationUnitSyntax);
}
