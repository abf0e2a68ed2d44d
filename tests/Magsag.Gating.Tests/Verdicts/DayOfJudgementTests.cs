using Magsag.Pricing.Catalogue;

namespace Magsag.Gating.Tests;

public sealed class DayOfJudgementTests
{
    [Fact]
    public void Prices_do_not_ask_what_day_it_is() => Assert.Empty(ClockReads.In(typeof(PriceCatalog).Assembly));

    [Fact]
    public void The_gate_does_not_ask_what_day_it_is() => Assert.Empty(ClockReads.In(typeof(CostGate).Assembly));

    [Fact]
    public void The_search_for_clocks_finds_those_of_this_assembly()
    {
        DateTime now = DateTime.UtcNow;

        Assert.Contains("DateTime.get_UtcNow", ClockReads.In(typeof(DayOfJudgementTests).Assembly));
        Assert.NotEqual(default, now);
    }
}
