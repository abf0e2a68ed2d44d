using System.Reflection;

namespace Magsag.Runtime.CallSites;

/// <summary>Recognises test methods by their attributes' names, for frameworks that don't tell which test is running.</summary>
internal static class TestMethods
{
    private static readonly HashSet<string> TestAttributes = new(StringComparer.Ordinal) { "FactAttribute", "TheoryAttribute", "TestMethodAttribute", "DataTestMethodAttribute", "TestAttribute", "TestCaseAttribute" };

    /// <summary>The name of the test that a declared method is; null when it is none.</summary>
    public static string? NameOf(MethodBase declared) => IsTest(declared) ? $"{declared.DeclaringType?.FullName?.Replace('+', '.')}.{declared.Name}" : null;

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
