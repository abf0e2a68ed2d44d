using System.Collections.Concurrent;
using System.Reflection;

namespace Magsag.Runtime.CallSites;

/// <summary>The test that is running, as the test framework itself tells it. Read by reflection: the runtime references no test framework.</summary>
internal sealed class AmbientTest
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    private static readonly ConcurrentDictionary<(Type, string), Func<object?, object?>?> Readers = new();
    private static readonly ConcurrentDictionary<string, Type?> Types = new(StringComparer.Ordinal);
    private static readonly AsyncLocal<string?> Seen = new();

    private readonly Func<string?>[] _frameworks;

    private AmbientTest(params Func<string?>[] frameworks) => _frameworks = frameworks;

    /// <summary>The frameworks that are loaded in this process.</summary>
    public static AmbientTest Instance { get; } = new(XunitName, NunitName, MstestName, TunitName);

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

            return Seen.Value;
        }
    }

    /// <summary>Remembers a test that was found on the stack for the rest of its flow: xunit v2 doesn't tell which test is running, and what it starts with <c>Task.Run</c> or awaits leaves the stack.</summary>
    public static void Remember(string test)
    {
        if (!string.Equals(Seen.Value, test, StringComparison.Ordinal))
        {
            Seen.Value = test;
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

    // TestContext.Current came with a version of MSTest 4; before, the adapter alone has it, in a flow of its own.
    private static string? MstestName()
    {
        object? context = StaticOf("Microsoft.VisualStudio.TestTools.UnitTesting.TestContext, MSTest.TestFramework.Extensions", "Current")
            ?? StaticOf("Microsoft.VisualStudio.TestTools.UnitTesting.TestContext, MSTest.TestFramework", "Current")
            ?? Read(StaticOf("Microsoft.VisualStudio.TestPlatform.MSTestAdapter.PlatformServices.TestContextImplementation, MSTestAdapter.PlatformServices", "CurrentTestContextAsyncLocal"), "Value")
            ?? Read(StaticOf("Microsoft.VisualStudio.TestPlatform.MSTestAdapter.PlatformServices.TestContextImplementation, Microsoft.VisualStudio.TestPlatform.MSTestAdapter.PlatformServices", "CurrentTestContextAsyncLocal"), "Value");
        return Join(Read(context, "FullyQualifiedTestClassName"), Read(context, "TestName"));
    }

    private static string? TunitName()
    {
        object? details = Read(StaticOf("TUnit.Core.TestContext, TUnit.Core", "Current"), "TestDetails");
        return Join((Read(details, "ClassType") as Type)?.FullName, Read(details, "MethodName"));
    }

    private static string? Join(object? type, object? method) => (type, method) is (string { Length: > 0 } typeName, string { Length: > 0 } methodName) ? $"{typeName.Replace('+', '.')}.{methodName}" : null;

    // A framework is loaded before its tests run, so what isn't there at the first call is another one's.
    /// <summary>A static member of a framework's type, named with its assembly; null where that isn't loaded.</summary>
    public static object? StaticOf(string type, string member) =>
        Types.GetOrAdd(type, static name => IsLoaded(name) ? Type.GetType(name, throwOnError: false) : null) is { } found ? ReaderOf(found, member)?.Invoke(null) : null;

    private static bool IsLoaded(string type)
    {
        string assembly = type[(type.IndexOf(", ", StringComparison.Ordinal) + 2)..];
        return Array.Exists(AppDomain.CurrentDomain.GetAssemblies(), loaded => string.Equals(loaded.GetName().Name, assembly, StringComparison.Ordinal));
    }

    /// <summary>A member of a framework's object; null where it has none.</summary>
    public static object? Read(object? target, string member) => target is null ? null : ReaderOf(target.GetType(), member)?.Invoke(target);

    private static Func<object?, object?>? ReaderOf(Type type, string name) => Readers.GetOrAdd((type, name), static key =>
        PropertyOf(key.Item1, key.Item2) is { } property ? property.GetValue : key.Item1.GetField(key.Item2, Everything) is { } field ? field.GetValue : null);

    // Contexts implement their interfaces explicitly, so a property may only be found there.
    private static PropertyInfo? PropertyOf(Type type, string name) =>
        type.GetProperties(Everything).FirstOrDefault(property => property.Name == name)
        ?? type.GetInterfaces().Select(contract => contract.GetProperty(name)).FirstOrDefault(static property => property is not null);
}
