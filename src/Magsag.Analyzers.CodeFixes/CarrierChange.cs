using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Gives new options to the creation of what carries them.</summary>
internal static class CarrierChange
{
    /// <summary>As the constructor's first argument, or as the member that holds them: <c>new KernelArguments(new OpenAIPromptExecutionSettings { … }) { ["topic"] = topic }</c>.</summary>
    public static FixEdit? AddOptions(SemanticModel semantics, BaseObjectCreationExpressionSyntax creation, string optionsType, string options, CancellationToken cancellationToken)
    {
        if (semantics.GetTypeInfo(creation, cancellationToken).Type is not INamedTypeSymbol type || semantics.Compilation.GetTypesByMetadataName(optionsType).FirstOrDefault() is not { } given)
        {
            return null;
        }

        if (creation.ArgumentList is null or { Arguments.Count: 0 } && type.InstanceConstructors.Any(constructor => constructor.Parameters.Length > 0 && Accepts(constructor.Parameters[0].Type, given, semantics)))
        {
            ArgumentListSyntax arguments = SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(QualifiedNames.Parse(options))));
            return new FixEdit(creation, editor => editor.ReplaceNode(creation, (current, _) => WithArguments((BaseObjectCreationExpressionSyntax)current, arguments)));
        }

        IPropertySymbol? member = type.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(property => property.SetMethod is not null && Accepts(property.Type, given, semantics));
        return member is null ? null : ObjectInitializer.SetMember(creation, (AssignmentExpressionSyntax)QualifiedNames.Parse($"{member.Name} = {options}"));
    }

    private static bool Accepts(ITypeSymbol parameter, ITypeSymbol options, SemanticModel semantics) =>
        semantics.Compilation.ClassifyCommonConversion(options, parameter) is { Exists: true, IsImplicit: true, IsUserDefined: false } && parameter.SpecialType != SpecialType.System_Object;

    // `new KernelArguments { … }` has no parentheses, and the space before its brace belongs to the type.
    private static BaseObjectCreationExpressionSyntax WithArguments(BaseObjectCreationExpressionSyntax creation, ArgumentListSyntax arguments)
    {
        if (creation is not ObjectCreationExpressionSyntax { ArgumentList: null } named)
        {
            return creation.WithArgumentList(arguments.WithTriviaFrom(creation.ArgumentList!));
        }

        return named.WithType(named.Type.WithoutTrailingTrivia()).WithArgumentList(arguments.WithTrailingTrivia(named.Type.GetTrailingTrivia()));
    }
}
