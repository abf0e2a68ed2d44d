using System.Reflection;

namespace Magsag.Runtime.CallSites;

/// <summary>Recognises a team's own wrappers of calls: whoever calls the wrapper is the call site.</summary>
/// <remarks>Marked by an attribute that is named <c>CostHelper</c> or <c>CostlyCall</c>, wherever it is declared, or named in <c>magsag.cost_methods</c> or <c>MagsagCostMethods</c>.</remarks>
internal static class CostHelpers
{
    private static readonly string[] Marks = ["CostHelperAttribute", "CostlyCallAttribute"];

    /// <summary>True when a method as it stands on the stack is part of a wrapper.</summary>
    /// <param name="host">The test host, whose settings count for all assemblies.</param>
    /// <param name="method">The method.</param>
    public static bool Include(RecordingHost host, MethodBase method)
    {
        MethodBase declared = StateMachines.DeclaredMethodOf(method);
        if (IsMarked(declared))
        {
            return true;
        }

        string member = SourceMember.NameOf(method);
        if (AssemblySources.Of(method.Module.Assembly).NamesAsHelper(member) || TestSources.Of(host)?.NamesAsHelper(member) == true)
        {
            return true;
        }

        Type? type = declared.DeclaringType;
        bool isClosure = false;
        for (; type is not null && !IsMarked(type); type = type.DeclaringType)
        {
            isClosure |= SourceTypeName.IsGenerated(type.Name);
        }

        return type is not null || ((isClosure || SourceMember.IsGenerated(declared.Name)) && IsInMarked(declared, member));
    }

    // A lambda or local function of a wrapper is part of it.
    private static bool IsInMarked(MethodBase closure, string member)
    {
        Type? type = closure.DeclaringType;
        while (type is { IsNested: true } && SourceTypeName.IsGenerated(type.Name))
        {
            type = type.DeclaringType;
        }

        string name = member[(member.LastIndexOf('.') + 1)..];
        return type?.GetMember(name, BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Any(IsMarked) == true;
    }

    private static bool IsMarked(MemberInfo member) => member.CustomAttributes.Any(static attribute => Marks.Contains(attribute.AttributeType.Name, StringComparer.Ordinal));
}
