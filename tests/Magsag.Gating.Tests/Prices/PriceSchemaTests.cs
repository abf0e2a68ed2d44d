using System.Text.Json;

namespace Magsag.Gating.Tests.Prices;

public sealed class PriceSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "magsag.prices.schema.json"))).RootElement;

    [Fact]
    public void The_published_schema_and_the_reader_know_the_same_keys()
    {
        JsonElement definitions = Schema.GetProperty("$defs");

        Assert.Equal(OwnPricesReader.FileKeys.Order(), Keys(Schema));
        Assert.Equal(OwnPricesReader.ModelKeys.Order(), Keys(definitions.GetProperty("model")));
        Assert.Equal(OwnPeriodsReader.PeriodKeys.Order(), Keys(definitions.GetProperty("units")).Concat(Keys(definitions.GetProperty("period"))).Order());
        Assert.Equal(OwnPeriodsReader.RateKeys.Order(), Keys(definitions.GetProperty("units")).Concat(Keys(definitions.GetProperty("channel"))).Order());
    }

    [Fact]
    public void The_example_of_the_guide_is_valid() =>
        Assert.True(SchemaCheck.Accepts("magsag.prices.schema.json", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "prices.md")).Split("```yaml\n")[1].Split("```")[0]));

    [Theory]
    [InlineData("version: 1\nmodels:\n  - provider: p\n    model: m\n    prices: [{ input: 2, output: 8 }]", true)]
    [InlineData("version: 1\nmodels:\n  - provider: p\n    model: m\n    prices: [{ imput: 2, output: 8 }]", false)]
    [InlineData("version: 1\nmodels:\n  - provider: p\n    model: m\n    prices: [{ input: -2, output: 8 }]", false)]
    [InlineData("version: 1\nmodels:\n  - provider: p\n    model: m\n    discount: 15", false)]
    [InlineData("version: 1\nmodels:\n  - provider: p\n    model: m\n    discount_percent: 15", true)]
    [InlineData("version: 1\nmodel: []", false)]
    [InlineData("version: 2", false)]
    public void A_mistake_is_underlined_by_an_editor(string yaml, bool valid) => Assert.Equal(valid, SchemaCheck.Accepts("magsag.prices.schema.json", yaml));

    private static IEnumerable<string> Keys(JsonElement definition) => definition.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order();
}
