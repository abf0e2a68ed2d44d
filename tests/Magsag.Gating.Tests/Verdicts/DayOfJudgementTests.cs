using Magsag.Pricing;

namespace Magsag.Gating.Tests;

public sealed class DayOfJudgementTests
{
    [Theory]
    [InlineData(typeof(PriceCatalog))]
    [InlineData(typeof(CostGate))]
    public void Neither_prices_nor_the_gate_ask_what_day_it_is(Type part) => Assert.Empty(ClockReads.In(part.Assembly));

    [Fact]
    public void The_search_for_clocks_finds_those_of_this_assembly()
    {
        DateTime now = DateTime.UtcNow;

        Assert.Contains("DateTime.get_UtcNow", ClockReads.In(typeof(DayOfJudgementTests).Assembly));
        Assert.NotEqual(default, now);
    }
}
