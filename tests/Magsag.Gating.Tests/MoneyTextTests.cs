namespace Magsag.Gating.Tests;

public sealed class MoneyTextTests
{
    [Theory]
    [InlineData("0", "$0")]
    [InlineData("0.04214", "$0.0421")]
    [InlineData("0.00000123456", "$0.00000123")]
    [InlineData("0.5", "$0.50")]
    [InlineData("1234.5", "$1,234.50")]
    [InlineData("-0.0015", "-$0.0015")]
    [InlineData("0.9999", "$1.00")]
    public void Amounts_show_the_digits_that_matter(string usd, string text) =>
        Assert.Equal(text, MoneyText.Of(decimal.Parse(usd, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(100, 100.7, "+0.7 %")]
    [InlineData(100, 90, "-10 %")]
    [InlineData(100, 1766.7, "+1,667 %")]
    [InlineData(0, 1, "new")]
    [InlineData(0, 0, "±0 %")]
    [InlineData(100, 100.001, "±0 %")]
    public void Changes_show_their_sign_and_direction(double before, double after, string text) =>
        Assert.Equal(text, MoneyText.ChangeOf((decimal)before, (decimal)after));
}
