using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Receivers;

/// <summary>Reads what an agent, a model object or a function is created with.</summary>
internal static class HolderReader
{
    /// <summary>The arguments of a constructor, and the members that its initializer sets.</summary>
    public static IReadOnlyList<HolderValue> Read(IObjectCreationOperation creation) =>
    [
        .. Read(creation.Arguments),
        .. creation.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>().Select(static member => new HolderValue(member.Target.Type, member.Value)) ?? [],
    ];

    /// <summary>The arguments of a factory.</summary>
    public static IReadOnlyList<HolderValue> Read(IInvocationOperation factory) => [.. Read(factory.Arguments)];

    private static IEnumerable<HolderValue> Read(IEnumerable<IArgumentOperation> arguments) =>
        arguments.Where(static argument => argument.ArgumentKind != ArgumentKind.DefaultValue).Select(static argument => new HolderValue(argument.Parameter?.Type, argument.Value));
}
