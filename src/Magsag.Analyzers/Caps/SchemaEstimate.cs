using Magsag.Pricing.Tokens;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Caps;

/// <summary>Estimates how many tokens an answer takes that is JSON of a type.</summary>
internal static class SchemaEstimate
{
    // Types may contain each other.
    private const int MaxDepth = 5;

    private const int Text = 60;
    private const int Number = 6;
    private const int Moment = 16;
    private const int Items = 8;
    private const int Unknown = 200;

    /// <summary>The tokens of a typical answer: a few sentences for each text, and some items for each list.</summary>
    public static int Count(ITypeSymbol type) => Count(type, 0);

    private static int Count(ITypeSymbol type, int depth)
    {
        if (depth > MaxDepth)
        {
            return Unknown;
        }

        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: { Length: 1 } arguments })
        {
            return Count(arguments[0], depth);
        }

        return type switch
        {
            { SpecialType: SpecialType.System_Boolean } or { TypeKind: TypeKind.Enum } => Number,
            { SpecialType: SpecialType.System_String } => Text,
            { SpecialType: >= SpecialType.System_Char and <= SpecialType.System_Double } => Number,
            { Name: "DateTime" or "DateTimeOffset" or "DateOnly" or "TimeOnly" or "TimeSpan" or "Guid" } => Moment,
            IArrayTypeSymbol list => Items * Count(list.ElementType, depth + 1),
            INamedTypeSymbol { Name: "Dictionary" or "IDictionary" or "IReadOnlyDictionary", TypeArguments: { Length: 2 } map } => Items * (Number + Count(map[1], depth + 1)),
            INamedTypeSymbol { TypeArguments: { Length: 1 } list } when type.AllInterfaces.Any(static contract => contract.Name == "IEnumerable") || type.Name == "IEnumerable" => Items * Count(list[0], depth + 1),
            INamedTypeSymbol { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Struct } record => CountMembers(record, depth),
            _ => Unknown,
        };
    }

    private static int CountMembers(INamedTypeSymbol type, int depth)
    {
        long sum = 2;
        for (INamedTypeSymbol? declaring = type; declaring is { SpecialType: SpecialType.None }; declaring = declaring.BaseType)
        {
            foreach (IPropertySymbol property in declaring.GetMembers().OfType<IPropertySymbol>().Where(static property => property is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsIndexer: false }))
            {
                sum += TokenEstimate.Count($"\"{property.Name}\":,") + Count(property.Type, depth + 1);
            }
        }

        return (int)Math.Min(sum, 1_000_000);
    }
}
