using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Magsag.Runtime.CallSites;

/// <summary>Recognises test methods by their attributes' names, for frameworks that don't tell which test is running.</summary>
internal static class TestMethods
{
    private static readonly HashSet<string> TestAttributes = new(StringComparer.Ordinal) { "FactAttribute", "TheoryAttribute", "TestMethodAttribute", "DataTestMethodAttribute", "TestAttribute", "TestCaseAttribute" };
    private static readonly ConcurrentDictionary<MethodBase, string?> Names = new();

    /// <summary>The name of the test that a method (or the state machine of an async method) is; null when it is none.</summary>
    public static string? NameOf(MethodBase method) => Names.GetOrAdd(method, static found => Describe(found));

    private static string? Describe(MethodBase method)
    {
        MethodBase declared = KickOffMethodOf(method) ?? method;
        return IsTest(declared) ? $"{declared.DeclaringType?.FullName?.Replace('+', '.')}.{declared.Name}" : null;
    }

    private static MethodBase? KickOffMethodOf(MethodBase method)
    {
        if (method.DeclaringType is not { } machine || !typeof(IAsyncStateMachine).IsAssignableFrom(machine) || machine.DeclaringType is not { } owner)
        {
            return null;
        }

        return owner
            .GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .FirstOrDefault(candidate => candidate.GetCustomAttribute<AsyncStateMachineAttribute>()?.StateMachineType is { } type && (type == machine || (machine.IsGenericType && type == machine.GetGenericTypeDefinition())));
    }

    private static bool IsTest(MethodBase method) => method.CustomAttributes.Any(static attribute => IsTestAttribute(attribute.AttributeType));

    private static bool IsTestAttribute(Type? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (TestAttributes.Contains(type.Name))
            {
                return true;
            }
        }

        return false;
    }
}
