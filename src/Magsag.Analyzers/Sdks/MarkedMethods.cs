using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Sdks;

/// <summary>The methods that a team marked as its own wrappers, by an attribute that is named <c>CostlyCall</c>, wherever it is declared.</summary>
internal sealed class MarkedMethods
{
    private const string Mark = "CostlyCall";
    private const string LongMark = Mark + "Attribute";

    private static readonly NameSet Marks = new([Mark, LongMark]);
    private readonly bool _areAnywhere;

    private MarkedMethods(bool areAnywhere, IEnumerable<string> names)
    {
        _areAnywhere = areAnywhere;
        Names = [.. names];
    }

    /// <summary>The names of those in the compilation's own source.</summary>
    public HashSet<string> Names { get; }

    /// <summary>True when there may be some; else no method's attributes need be read.</summary>
    public bool Exist => _areAnywhere || Names.Count > 0;

    /// <summary>True when a method of any name may be one, for the attribute comes from outside and may mark methods there.</summary>
    public bool MayHaveAnyName => _areAnywhere;

    public static MarkedMethods Find(Compilation compilation, NameIndex index)
    {
        bool referenced = compilation.SourceModule.ReferencedAssemblySymbols.Any(static assembly => IsOwnCode(assembly) && (assembly.TypeNames.Contains(LongMark) || assembly.TypeNames.Contains(Mark)));
        bool declared = !referenced && compilation.ContainsSymbolsWithName(static name => IsMark(name), SymbolFilter.Type);
        return new MarkedMethods(referenced, declared ? index.FindFiles(Marks).SelectMany(FindMarked) : []);
    }

    /// <summary>True when a method carries the mark itself.</summary>
    public static bool IsMarked(IMethodSymbol method) =>
        IsOwnCode(method.ContainingAssembly) && method.GetAttributes().Any(static attribute => IsMark(attribute.AttributeClass?.Name));

    private static IEnumerable<string> FindMarked(SyntaxTree file) => file.GetRoot().DescendantNodes().OfType<AttributeSyntax>()
            .Where(static attribute => IsMark(SyntaxNames.GetTypeName(attribute.Name)))
            .Select(static attribute => attribute.Parent?.Parent switch
            {
                MethodDeclarationSyntax method => method.Identifier.ValueText,
                LocalFunctionStatementSyntax function => function.Identifier.ValueText,
                _ => null,
            })
            .OfType<string>();

    private static bool IsMark(string? name) => name is LongMark or Mark;

    // Reading the attributes of every framework method would cost more than all rules together.
    private static bool IsOwnCode(IAssemblySymbol? assembly) => assembly is { Name: { } name }
        && !name.StartsWith("System", StringComparison.Ordinal) && !name.StartsWith("Microsoft.", StringComparison.Ordinal) && name != "mscorlib" && name != "netstandard";
}
