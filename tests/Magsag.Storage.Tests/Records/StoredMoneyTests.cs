using CsCheck;
using Magsag.Storage.Schema;

namespace Magsag.Storage.Tests;

public sealed class StoredMoneyTests
{
    [Fact]
    public void Every_amount_that_a_call_can_cost_comes_back_as_it_was() =>
        Gen.Decimal.Where(amount => Math.Abs(amount) < StoredMoney.Limit).Sample(amount => StoredMoney.From(amount).ToDecimal() == amount);

    [Theory]
    [InlineData("0")]
    [InlineData("0.0000177")]
    [InlineData("-0.0000177")]
    [InlineData("0.0000000000000000000000000001")]
    [InlineData("-0.0000000000000000000000000001")]
    [InlineData("7.9228162514264337593543950335")]
    [InlineData("999999999.9999999999999999999")]
    public void An_amount_keeps_its_last_digit(string text)
    {
        decimal amount = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(amount, StoredMoney.From(amount).ToDecimal());
    }

    [Fact]
    public void Amounts_are_the_same_order_as_their_parts() =>
        Gen.Decimal.Where(amount => Math.Abs(amount) < StoredMoney.Limit).Array[2].Sample(pair =>
            Parts(pair[0]).CompareTo(Parts(pair[1])) == pair[0].CompareTo(pair[1]));

    private static (long, long, long) Parts(decimal amount)
    {
        StoredMoney money = StoredMoney.From(amount);
        return (money.Nano, money.Atto, money.Rest);
    }
}
