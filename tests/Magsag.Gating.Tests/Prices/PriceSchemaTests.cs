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

    private static IEnumerable<string> Keys(JsonElement definition) => definition.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order();
}
