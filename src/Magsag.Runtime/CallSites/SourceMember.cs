using System.Reflection;

namespace Magsag.Runtime.CallSites;

/// <summary>The member that a method is part of, as it is declared in the source: compilers move async methods, iterators, lambdas and local functions into methods and types of their own.</summary>
internal static class SourceMember
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly string[] Accessors = ["get_", "set_", "add_", "remove_"];

    /// <summary>The member's name with its type's: <c>SupportDesk.Triage.ClassifyAsync</c>.</summary>
    /// <param name="method">A method as it stands on the stack.</param>
    /// <param name="nearest">The declared member that stands nearest above in the source, for closures that don't say whose they are; null when that can't be told.</param>
    public static string NameOf(MethodBase method, Func<string?>? nearest = null)
    {
        MethodBase declared = StateMachines.DeclaredMethodOf(method);
        Type? type = declared.DeclaringType;
        string? name = IsGenerated(declared.Name) ? NameInBrackets(declared.Name) : declared.Name;
        string? closure = null;
        bool isGenerated = name is null;
        for (; type is not null && SourceTypeName.IsGenerated(type.Name) && type.IsNested; type = type.DeclaringType)
        {
            isGenerated = true;
            name = NameInBrackets(declared.Name) ?? NameInBrackets(type.Name) ?? (declared.Name.StartsWith('<') ? name : null);
            closure ??= ClosureNameOf(type.Name);
        }

        closure ??= ClosureNameOf(declared.Name);
        if (name is null || (isGenerated && IsGenerated(name)))
        {
            name = closure is not null && HasMethod(type, closure) ? closure : null;
        }

        return name is not null ? Join(type, Plain(name, type)) : nearest?.Invoke() ?? Join(type, closure);
    }

    /// <summary>True when the compiler made the method up.</summary>
    public static bool IsGenerated(string name) => name.IndexOfAny(['<', '@', '$']) >= 0;

    /// <summary>A method's name without what only metadata has: accessors are their property or event, and an explicit implementation has the name of what it implements.</summary>
    public static string Plain(string name, bool isAccessor)
    {
        name = name[(name.LastIndexOf('.') + 1)..];
        string? accessor = isAccessor ? Array.Find(Accessors, prefix => name.StartsWith(prefix, StringComparison.Ordinal)) : null;
        return accessor is null ? name : name[accessor.Length..];
    }

    private static string Plain(string name, Type? type) =>
        Plain(name, Array.Exists(Accessors, prefix => name.Contains(prefix, StringComparison.Ordinal)) && (type?.GetMethods(Declared).Any(method => method.IsSpecialName && method.Name == name) ?? false));

    private static string Join(Type? type, string? name)
    {
        string typeName = type is null ? "" : SourceTypeName.Of(type);
        return typeName.Length == 0 ? name ?? "" : name is null ? typeName : $"{typeName}.{name}";
    }

    // <ClassifyAsync>b__0, <<Main>$>g__Local|0_1, <<Run>b__0_0>d: the innermost brackets hold the method.
    private static string? NameInBrackets(string name)
    {
        while (name.StartsWith('<'))
        {
            int end = ClosingBracketOf(name);
            if (end < 2)
            {
                return null;
            }

            name = name[1..end];
            if (!name.StartsWith('<'))
            {
                int mark = name.IndexOf('|', StringComparison.Ordinal);
                return mark < 0 ? name : name[..mark];
            }
        }

        return null;
    }

    private static int ClosingBracketOf(string name)
    {
        int depth = 0;
        for (int at = 0; at < name.Length; at++)
        {
            depth += name[at] switch { '<' => 1, '>' => -1, _ => 0 };
            if (depth == 0)
            {
                return at;
            }
        }

        return -1;
    }

    // F# names a closure by the binding that it stands in and the line: ask@12-1.
    private static string? ClosureNameOf(string name) => name.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? name[..at] : null;

    private static bool HasMethod(Type? type, string name) => type?.GetMember(name, MemberTypes.Method | MemberTypes.Property, Declared).Length > 0;
}
