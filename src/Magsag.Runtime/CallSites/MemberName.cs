using System.Reflection;

namespace Magsag.Runtime.CallSites;

/// <summary>The name of a method as it stands in the source: the compiler hides async methods, iterators, lambdas and local functions in types of its own.</summary>
internal static class MemberName
{
    public static string For(MethodBase method)
    {
        Type? type = method.DeclaringType;
        string name = SourceNameOf(method.Name) ?? method.Name;
        while (type is not null && type.Name.StartsWith('<'))
        {
            name = SourceNameOf(type.Name) ?? name;
            type = type.DeclaringType;
        }

        string typeName = (type?.FullName ?? "").Replace('+', '.');
        int arity = typeName.IndexOf('`', StringComparison.Ordinal);
        typeName = arity < 0 ? typeName : typeName[..arity];
        return typeName.Length == 0 ? name : $"{typeName}.{name.TrimStart('.')}";
    }

    // <ClassifyAsync>d__3, <ClassifyAsync>b__0, <<Main>$>g__Local|0_1: what stands between the brackets is the method.
    private static string? SourceNameOf(string name)
    {
        if (!name.StartsWith('<'))
        {
            return null;
        }

        int end = name.LastIndexOf('>');
        string inner = end > 1 ? name[1..end].Trim('<', '>', '$') : "";
        return inner.Length == 0 ? null : inner;
    }
}
