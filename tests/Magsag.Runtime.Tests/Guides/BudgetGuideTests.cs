using System.Reflection;

namespace Magsag.Runtime.Tests;

public sealed class BudgetGuideTests
{
    private static readonly string Root = typeof(BudgetGuideTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "RepositoryRoot").Value!;

    [Fact]
    public void All_code_of_the_guide_is_compiled()
    {
        string[] files = ["tests/Magsag.Runtime.Tests/Guides/BudgetGuideCode.cs", "tests/Magsag.Storage.Tests/Guides/BudgetGuideCode.cs"];
        HashSet<string> compiled = [.. files.SelectMany(static file => LinesOf(File.ReadAllText(Path.Combine(Root, file))))];
        string[] code = [.. File.ReadAllText(Path.Combine(Root, "docs/guides/budgets.md")).Split("```csharp\n").Skip(1).SelectMany(static block => LinesOf(block.Split("```")[0]))];

        Assert.NotEmpty(code);
        Assert.Empty(code.Except(compiled));
    }

    private static IEnumerable<string> LinesOf(string text) => text.Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0);
}
