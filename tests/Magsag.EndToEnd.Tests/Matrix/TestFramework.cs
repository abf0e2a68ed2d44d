namespace Magsag.EndToEnd.Tests;

/// <summary>A test framework on one of the two platforms, as its own template sets a project up.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="OnTestingPlatform">Whether its tests run on Microsoft.Testing.Platform; on VSTest otherwise.</param>
/// <param name="Packages">What a test project references, as names and versions.</param>
/// <param name="Namespace">The namespace of its attributes.</param>
/// <param name="TestAttribute">The attribute of a test.</param>
internal sealed record TestFramework(string Name, bool OnTestingPlatform, string Packages, string Namespace, string TestAttribute)
{
    private const string VSTest = "Microsoft.NET.Test.Sdk 18.11.0, ";

    public static IReadOnlyList<TestFramework> All { get; } =
    [
        new("xunit v2", false, VSTest + "xunit 2.9.3, xunit.runner.visualstudio 4.0.1", "Xunit", "Fact"),
        new("xunit v3", false, VSTest + "xunit.v3.mtp-off 4.0.2, xunit.runner.visualstudio 4.0.1", "Xunit", "Fact"),
        new("NUnit", false, VSTest + "NUnit 5.0.0, NUnit3TestAdapter 6.3.1", "NUnit.Framework", "Test"),
        new("MSTest 3", false, VSTest + "MSTest.TestFramework 3.11.1, MSTest.TestAdapter 3.11.1", "Microsoft.VisualStudio.TestTools.UnitTesting", "TestMethod") { ClassAttribute = "TestClass" },
        new("MSTest 4", false, VSTest + "MSTest.TestFramework 4.5.3, MSTest.TestAdapter 4.5.3", "Microsoft.VisualStudio.TestTools.UnitTesting", "TestMethod") { ClassAttribute = "TestClass" },
        new("xunit v3", true, "xunit.v3 4.0.2", "Xunit", "Fact") { Properties = "UseMicrosoftTestingPlatformRunner" },
        new("NUnit", true, "NUnit 5.0.0, NUnit3TestAdapter 6.3.1", "NUnit.Framework", "Test") { Properties = "EnableNUnitRunner" },
        new("MSTest 4", true, "MSTest.TestFramework 4.5.3, MSTest.TestAdapter 4.5.3", "Microsoft.VisualStudio.TestTools.UnitTesting", "TestMethod") { ClassAttribute = "TestClass", Properties = "EnableMSTestRunner" },
        new("TUnit", true, "TUnit 1.85.0", "TUnit.Core", "Test"),
    ];

    /// <summary>The attribute of a class of tests; null when it needs none.</summary>
    public string? ClassAttribute { get; init; }

    /// <summary>The property of the project that is true for this platform; null when the package says it itself.</summary>
    public string? Properties { get; init; }

    public string Platform => OnTestingPlatform ? "Microsoft.Testing.Platform" : "VSTest";
}
