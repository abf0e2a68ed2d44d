using System.Globalization;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;

namespace Magsag.Pricing.Tests.Vectors;

/// <summary>At least one case for each way of billing, each with the sum written out that it has to cost.</summary>
public sealed class BillingCaseTests
{
    public static TheoryData<string> Lines()
    {
        using var reader = new StreamReader(typeof(BillingCaseTests).Assembly.GetManifestResourceStream("billing-cases.txt")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')];
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Each_way_of_billing_costs_the_sum_that_is_written_out(string line)
    {
        string[] fields = line.Split('|');
        var terms = new PriceTerms(
            DateTimeOffset.Parse(fields[3], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            fields[4].Length == 0 ? null : fields[4],
            Batch: fields[5] == "batch",
            fields[6].Length == 0 ? null : fields[6]);

        Assert.Equal(SumOf(fields[8]), PriceCatalog.Embedded.Price(new BilledCall(fields[1], UsageText.Parse(fields[7]), terms, fields[2].Length == 0 ? null : fields[2])).Amount);
    }

    private static decimal SumOf(string sum) =>
        sum.Split('+').Select(product => product.Split('*')).Sum(factors => decimal.Parse(factors[0], CultureInfo.InvariantCulture) * decimal.Parse(factors[1], CultureInfo.InvariantCulture)) / 1_000_000m;
}
