using System.Reflection;
using System.Runtime.CompilerServices;

namespace Magsag.Runtime.CallSites;

/// <summary>Finds the methods that the compiler turned into state machines: async methods and iterators, in C# and Visual Basic.</summary>
internal static class StateMachines
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The method that begins the state machine that a method belongs to; the method itself when it belongs to none that an attribute names.</summary>
    public static MethodBase DeclaredMethodOf(MethodBase method)
    {
        if (method.DeclaringType is not { IsNested: true, DeclaringType: { } owner } machine || !HasMachineName(machine.Name))
        {
            return method;
        }

        Type definition = machine.IsGenericType ? machine.GetGenericTypeDefinition() : machine;
        return Array.Find(owner.GetMethods(Declared), candidate => candidate.GetCustomAttribute<StateMachineAttribute>(inherit: false)?.StateMachineType == definition) ?? method;
    }

    /// <summary>True when a method is the body of an async method, in any language.</summary>
    public static bool IsAsyncBody(MethodBase method) => typeof(IAsyncStateMachine).IsAssignableFrom(method.DeclaringType);

    private static bool HasMachineName(string name) => name.StartsWith('<') || name.StartsWith("VB$", StringComparison.Ordinal);
}
