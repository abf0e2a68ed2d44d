using System.Text;

namespace Magsag.Runtime.CallSites;

/// <summary>Names of types as they stand in the source: nested with dots, without the number of type parameters.</summary>
internal static class SourceTypeName
{
    private const string StartUpCode = "<StartupCode$";

    /// <summary>True when the compiler made the type up, for closures or state machines.</summary>
    public static bool IsGenerated(string name) => FileLocalNameOf(name) is null && (name.IndexOfAny(['<', '@', '$']) >= 0);

    /// <summary>The name of a type that stands in the source.</summary>
    public static string Of(Type type)
    {
        string name = Plain(type.Name);
        return type.DeclaringType is { } outer ? $"{Of(outer)}.{name}" : Of(type.Namespace, name);
    }

    /// <summary>The name of a type at the top of its namespace.</summary>
    public static string Of(string? @namespace, string name) =>
        string.IsNullOrEmpty(@namespace) || @namespace.StartsWith(StartUpCode, StringComparison.Ordinal) ? Plain(name).TrimStart('$') : $"{@namespace}.{Plain(name)}";

    /// <summary>A type's own name: <c>Cache`1</c> is <c>Cache</c>, and a type of one file, whose name holds a hash of the file's path, has its name of the source.</summary>
    public static string Plain(string name)
    {
        name = FileLocalNameOf(name) ?? name;
        int arity = name.IndexOf('`', StringComparison.Ordinal);
        return arity < 0 ? name : name[..arity];
    }

    // <Triage>F2A91…__Draft
    private static string? FileLocalNameOf(string name)
    {
        int end = name.StartsWith('<') ? name.IndexOf(">F", StringComparison.Ordinal) : -1;
        int start = end < 0 ? -1 : name.IndexOf("__", end, StringComparison.Ordinal);
        return start > end + 2 && name.AsSpan(end + 2, start - end - 2).IndexOfAnyExcept("0123456789ABCDEF") < 0 ? name[(start + 2)..] : null;
    }
}
