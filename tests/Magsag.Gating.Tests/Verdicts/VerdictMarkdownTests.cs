using Magsag.Pricing.Costs;

namespace Magsag.Gating.Tests;

public sealed class VerdictMarkdownTests
{
    [Fact]
    public void Tests_that_cost_what_the_baseline_has_are_counted_not_listed()
    {
        string markdown = Of(Test("Tests.A", 1m, 1m), Test("Tests.B", 1m, 2m), Test("Tests.C", 3m, 3m));

        Assert.DoesNotContain("Tests.A", markdown);
        Assert.Contains("| Tests.B | 1 | $1.00 | $2.00 | +100 % |\n\n2 tests more cost what the baseline has.\n", markdown);
    }

    [Fact]
    public void Without_a_change_there_is_no_table() =>
        Assert.Equal("**Magsag: passed**\n\n1 test costs what the baseline has.\n", Of(Test("Tests.A", 1m, 1m)));

    [Fact]
    public void The_dearest_changes_stand_first_and_no_more_than_fifty_are_listed()
    {
        string[] lines = Of([.. Enumerable.Range(1, 60).Select(static rise => Test($"Tests.T{rise}", 1m, 1m + rise))]).Split('\n');

        Assert.StartsWith("| Tests.T60 |", lines[4], StringComparison.Ordinal);
        Assert.Equal(50, lines.Count(static line => line.StartsWith("| Tests.", StringComparison.Ordinal)));
        Assert.Contains("10 tests more changed by less.", lines);
    }

    [Fact]
    public void A_test_that_came_or_went_says_so()
    {
        string markdown = Of(
            new ScopeChange("test", "Tests.New", null, 1m, 0, 1) { CurrentCost = Cost.Money(1m) },
            new ScopeChange("test", "Tests.Old", 1m, null, 1, 0) { BaselineCost = Cost.Money(1m) });

        Assert.Contains("| Tests.New | 0 → 1 | – | $1.00 | new |", markdown);
        Assert.Contains("| Tests.Old | 1 → 0 | $1.00 | – | gone |", markdown);
    }

    [Fact]
    public void Names_show_as_they_are_and_call_nobody()
    {
        string markdown = Of(Test("Tests.Parses(text: \"<b>@octocat</b> | `x` *y* [z](u)\")", 1m, 2m));

        Assert.Contains("""| Tests.Parses(text: "&lt;b&gt;@&#8203;octocat&lt;/b&gt; \| \`x\` \*y\* \[z](u)") |""", markdown);
    }

    [Theory]
    [InlineData("src/a`\n\n## passed\n\n@octocat\n\n`b.cs", "<code>src/a&#96;  &#35;&#35; passed  &#64;octocat  &#96;b.cs:12</code>")]
    [InlineData("src/a|b\\|c.cs", "<code>src/a&#124;b&#92;&#124;c.cs:12</code>")]
    [InlineData("src/Triage.cs", "`src/Triage.cs:12`")]
    [InlineData("src/http://evil.example/`.cs", "<code>src/http&#58;//evil.example/&#96;.cs:12</code>")]
    public void A_file_name_stays_in_its_cell(string file, string cell)
    {
        string markdown = VerdictFile.ToMarkdown(new Verdict { Headline = "Magsag: failed", Findings = [new Finding(GateCode.CostUnknown, FindingSeverity.Error, "What.") { File = file, Line = 12 }] });

        Assert.Equal($"| error | MAG208 | {cell} | What. |", markdown.Split('\n')[4]);
    }

    private static string Of(params ScopeChange[] changes) => VerdictFile.ToMarkdown(new Verdict { Headline = "Magsag: passed", Changes = changes });

    private static ScopeChange Test(string name, decimal before, decimal now) =>
        new("test", name, before, now, 1, 1) { BaselineCost = Cost.Money(before), CurrentCost = Cost.Money(now) };
}
