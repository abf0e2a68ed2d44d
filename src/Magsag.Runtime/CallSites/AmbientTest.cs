using System.Collections.Concurrent;
using System.Reflection;

namespace Magsag.Runtime.CallSites;

/// <summary>The test that is running, as the test framework itself tells it. Read by reflection: the runtime references no test framework.</summary>
internal sealed class AmbientTest
{
    private static readonly ConcurrentDictionary<(Type, string), PropertyInfo?> Properties = new();

    private readonly Func<string?>[] _frameworks;

    private AmbientTest(params Func<string?>[] frameworks) => _frameworks = frameworks;

    /// <summary>The frameworks that are loaded in this process.</summary>
    public static AmbientTest Instance { get; } = new(XunitName, NunitName, MstestName);

    /// <summary>The running test's class and method, without arguments; null when no framework knows.</summary>
    public string? Name
    {
        get
        {
            foreach (Func<string?> framework in _frameworks)
            {
                if (framework() is { } name)
                {
                    return name;
                }
            }

            return null;
        }
    }

    // xunit v3; v2 has no ambient context.
    private static string? XunitName()
    {
        object? context = StaticOf("Xunit.TestContext, xunit.v3.core", "Current");
        return Join(Read(Read(context, "TestClass"), "TestClassName"), Read(Read(context, "TestMethod"), "MethodName"));
    }

    private static string? NunitName()
    {
        object? test = Read(StaticOf("NUnit.Framework.TestContext, nunit.framework", "CurrentContext"), "Test");
        return Join(Read(test, "ClassName"), Read(test, "MethodName"));
    }

    private static string? MstestName()
    {
        object? context = StaticOf("Microsoft.VisualStudio.TestTools.UnitTesting.TestContext, MSTest.TestFramework.Extensions", "Current")
            ?? StaticOf("Microsoft.VisualStudio.TestTools.UnitTesting.TestContext, MSTest.TestFramework", "Current");
        return Join(Read(context, "FullyQualifiedTestClassName"), Read(context, "TestName"));
    }

    private static string? Join(object? type, object? method) => (type, method) is (string { Length: > 0 } typeName, string { Length: > 0 } methodName) ? $"{typeName.Replace('+', '.')}.{methodName}" : null;

    private static object? StaticOf(string type, string property)
    {
        Type? found = Type.GetType(type, throwOnError: false);
        return found is null ? null : PropertyOf(found, property)?.GetValue(null);
    }

    private static object? Read(object? target, string property) =>
        target is null ? null : PropertyOf(target.GetType(), property)?.GetValue(target);

    // Contexts implement their interfaces explicitly, so a property may only be found there.
    private static PropertyInfo? PropertyOf(Type type, string name) => Properties.GetOrAdd((type, name), static key =>
        key.Item1.GetProperty(key.Item2, BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy)
        ?? key.Item1.GetInterfaces().Select(contract => contract.GetProperty(key.Item2)).FirstOrDefault(static property => property is not null));
}
