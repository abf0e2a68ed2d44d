namespace Magsag.Gating.Tests;

/// <summary>A baseline's call sites are found again where they are named otherwise; where most aren't, the gate says so.</summary>
public sealed class MatchedSitesTests
{
    private static readonly GateSettings Settings = new() { BaselinePath = "cost-baseline.json" };

    private static CostSummary Summarise(params (string Site, string Member, long Input)[] calls)
    {
        var builder = new SummaryBuilder();
        foreach ((string site, string member, long input) in calls)
        {
            builder.Add(new LedgerRecord { Timestamp = new DateTimeOffset(2026, 11, 23, 18, 0, 0, TimeSpan.Zero), Test = "Tests.A", Model = "gpt-4o-mini", Site = site + ":7", Member = member, InputTokens = input, OutputTokens = 5, UsageSource = UsageSource.Reported, CostUsd = 0.001m });
        }

        return builder.ToSummary();
    }

    private static Verdict Judge((string, string, long)[] before, (string, string, long)[] now, int version = CostBaseline.CurrentSites) =>
        CostGate.Judge(Summarise(now), CostBaseline.From(Summarise(before)) with { Sites = version }, Settings);

    [Theory]
    [InlineData("src/Desk/Sorter.cs", "Sorter.cs")]
    [InlineData("src/Desk/Sorter.cs", "app/src/Desk/Sorter.cs")]
    public void A_site_below_another_source_root_is_found_by_the_end_of_its_path_and_its_member(string before, string now)
    {
        Verdict verdict = Judge([(before, "Desk.Sorter.ReplyAsync", 100), (before, "Desk.Sorter.SortAsync", 10_000)], [(now, "Desk.Sorter.ReplyAsync", 200), (now, "Desk.Sorter.SortAsync", 10_000)]);

        Finding finding = Assert.Single(verdict.Findings);
        Assert.Equal((GateCode.ScopeRose, now, 7), (finding.Code, finding.File, finding.Line));
    }

    [Theory]
    [InlineData("Desk.Cache.get_Count", "Desk.Cache.Count")]
    [InlineData("Desk.Cache.Each", "Desk.Cache.Inner.Each")]
    [InlineData("Desk.Start.Lambdas>b__0_0", "Desk.Start.Lambdas")]
    public void A_baseline_of_the_older_names_is_matched_by_file_and_member(string before, string now)
    {
        (string, string, long)[] dearer = [("src/Desk.cs", now, 2000)];

        Assert.Contains(Judge([("src/Desk.cs", before, 1000)], dearer, version: 1).Findings, static finding => finding.Scope == "site" && finding.Code == GateCode.ScopeRose);
        Assert.DoesNotContain(Judge([("src/Desk.cs", before, 1000)], dearer).Findings, static finding => finding.Scope == "site" && finding.Code == GateCode.ScopeRose);
    }

    [Fact]
    public void A_site_that_two_could_be_is_taken_for_neither()
    {
        Verdict verdict = Judge([("Sorter.cs", "Desk.Sort", 1000)], [("a/Sorter.cs", "Desk.Sort", 900), ("b/Sorter.cs", "Desk.Sort", 100)]);

        Assert.Equal(GateCode.SitesNotFound, Assert.Single(verdict.Findings).Code);
    }

    [Fact]
    public void More_than_half_of_the_sites_without_a_match_are_a_warning()
    {
        (string, string, long)[] before = [("a.cs", "A", 100), ("b.cs", "B", 100), ("c.cs", "C", 100)];

        Finding finding = Assert.Single(Judge(before, [("a.cs", "A", 100), ("x.cs", "X", 100), ("y.cs", "Y", 100)]).Findings);

        Assert.Equal((GateCode.SitesNotFound, FindingSeverity.Warning, "cost-baseline.json"), (finding.Code, finding.Severity, finding.File));
        Assert.StartsWith("2 of the baseline's 3 call sites weren't found", finding.Text, StringComparison.Ordinal);
        Assert.Empty(Judge(before, [("a.cs", "A", 100), ("b.cs", "B", 100), ("y.cs", "Y", 100)]).Findings);
    }
}
