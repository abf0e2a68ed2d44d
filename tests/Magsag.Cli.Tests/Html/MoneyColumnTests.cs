using Magsag.Cli.Html;

namespace Magsag.Cli.Tests.Html;

public sealed class MoneyColumnTests
{
    [Theory]
    [InlineData("8426.03", "8426.03", "$8,426.03")]
    [InlineData("8426.03", "0.5", "$0.50")]
    [InlineData("16.3077", "0.506", "$0.5060")]
    [InlineData("0.00103", "0.000131", "$0.000131")]
    [InlineData("0.00103", "0.00103", "$0.001030")]
    [InlineData("16.3077", "-0.0206", "-$0.0206")]
    public void All_amounts_have_the_decimals_that_the_largest_needs(string largest, string amount, string text) =>
        Assert.Equal(text, MoneyColumn.For([Parse(largest)]).Text(Parse(amount)));

    [Fact]
    public void Too_little_to_show_isn_t_nothing()
    {
        MoneyColumn money = MoneyColumn.For([100m]);

        Assert.Equal(("< $0.01", "> -$0.01", "$0"), (money.Text(0.004m), money.Text(-0.004m), money.Text(0m)));
    }

    private static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
