using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using static Magsag.Runtime.CallSites.AmbientTest;

namespace Magsag.Testing.Hosting;

/// <summary>The test that is running, as far as a cassette needs to know it.</summary>
/// <param name="Name">Class and method, as the ledger has them.</param>
/// <param name="Arguments">The arguments of a theory's row as text; null when it has none.</param>
/// <param name="Identity">The framework's own object for this run of the test; null when it has none.</param>
internal sealed record RunningTest(string Name, string? Arguments, object? Identity)
{
    private static readonly ConcurrentDictionary<string, CassetteMode?> Modes = new(StringComparer.Ordinal);

    /// <summary>Finds the running test; null outside any, and where the framework doesn't say.</summary>
    public static RunningTest? Find()
    {
        if ((CostScope.Current?.Test ?? AmbientTest.Instance.Name ?? TestOnStack()) is not { } name)
        {
            return null;
        }

        (object? identity, object? arguments) = Xunit() ?? Nunit() ?? Mstest() ?? Tunit() ?? default;
        return new RunningTest(name, ArgumentText(arguments), identity);
    }

    /// <summary>The file's name: the class below the assembly's own namespace, the method, and a hash of the arguments.</summary>
    public string FileName(string? assembly)
    {
        string name = assembly is { Length: > 0 } && Name.StartsWith(assembly + ".", StringComparison.Ordinal) ? Name[(assembly.Length + 1)..] : Name;
        return Arguments is null ? name : $"{name}.{CassetteFileName.HashOf(Arguments)}";
    }

    /// <summary>The mode that the test's attributes choose; null for none.</summary>
    public CassetteMode? Mode => Modes.GetOrAdd(Name, static name => ModeOf(name));

    // xunit v2 tells nobody which test is running, but a call that is made before the first await has it on its stack.
    private static string? TestOnStack() => new System.Diagnostics.StackTrace(fNeedFileInfo: false).GetFrames()
        .Select(static frame => frame.GetMethod() is { } method ? TestMethods.NameOf(method) : null)
        .FirstOrDefault(static name => name is not null);

    private static (object?, object?)? Xunit()
    {
        object? test = Read(StaticOf("Xunit.TestContext, xunit.v3.core", "Current"), "Test");
        return test is null ? null : (test, Read(test, "TestMethodArguments"));
    }

    private static (object?, object?)? Nunit()
    {
        object? context = StaticOf("NUnit.Framework.Internal.TestExecutionContext, nunit.framework", "CurrentContext");
        object? test = Read(context, "CurrentTest");
        return test is null || Read(test, "MethodName") is null ? null : (test, Read(test, "Arguments"));
    }

    private static (object?, object?)? Mstest()
    {
        object? context = StaticOf("Microsoft.VisualStudio.TestTools.UnitTesting.TestContext, MSTest.TestFramework.Extensions", "Current")
            ?? StaticOf("Microsoft.VisualStudio.TestTools.UnitTesting.TestContext, MSTest.TestFramework", "Current");
        return context is null ? null : (context, Read(context, "TestData"));
    }

    private static (object?, object?)? Tunit()
    {
        object? context = StaticOf("TUnit.Core.TestContext, TUnit.Core", "Current");
        object? details = Read(Read(context, "Metadata"), "TestDetails") ?? Read(context, "TestDetails");
        return context is null ? null : (context, Read(details, "TestMethodArguments"));
    }

    private static string? ArgumentText(object? arguments)
    {
        if (arguments is not IEnumerable values)
        {
            return null;
        }

        var text = new StringBuilder();
        foreach (object? value in values)
        {
            text.Append(Text(value)).Append('\u001f');
        }

        return text.Length == 0 ? null : text.ToString();
    }

    // Whatever a row holds, the same row has the same text on every machine.
    private static string Text(object? value)
    {
        try
        {
            return value switch
            {
                null => "null",
                string said => said,
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                Type type => type.FullName ?? type.Name,
                _ => JsonSerializer.Serialize(value, value.GetType()),
            };
        }
        catch (Exception error) when (error is NotSupportedException or JsonException or InvalidOperationException)
        {
            return value!.ToString() ?? "";
        }
    }

    private static CassetteMode? ModeOf(string name)
    {
        int end = name.LastIndexOf('.');
        string type = end < 0 ? "" : name[..end];
        foreach (Assembly assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            Type? found = assembly.IsDynamic ? null : assembly.GetType(type) ?? NestedType(assembly, type);
            if (found is not null)
            {
                MemberInfo? method = found.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static).FirstOrDefault(method => method.Name == name[(end + 1)..]);
                return (method?.GetCustomAttribute<CassetteModeAttribute>() ?? found.GetCustomAttribute<CassetteModeAttribute>() ?? assembly.GetCustomAttribute<CassetteModeAttribute>())?.Mode;
            }
        }

        return null;
    }

    private static Type? NestedType(Assembly assembly, string name)
    {
        int dot = name.LastIndexOf('.');
        return dot < 0 ? null : assembly.GetType(string.Concat(name.AsSpan(0, dot), "+", name.AsSpan(dot + 1)));
    }
}
