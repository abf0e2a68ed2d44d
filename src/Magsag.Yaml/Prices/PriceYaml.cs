using System.Globalization;
using Magsag.Pricing.Text;
using Magsag.Yaml.Documents;
using YamlDotNet.RepresentationModel;

namespace Magsag.Yaml.Prices;

/// <summary>Reads the values of a YAML file of prices.</summary>
internal sealed class PriceYaml(string path) : LocatedYaml(path, "a price file", "the keys 'version: 1', 'deployments' and 'models'")
{
    public decimal Price(YamlNode node)
    {
        if (node is not YamlScalarNode { Value: { } text } || !decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal price))
        {
            throw Fault(node, $"Expected a price in US dollars such as 2.5, found '{(node as YamlScalarNode)?.Value}'.");
        }

        return price switch
        {
            < 0m => throw Fault(node, $"The price {text} is negative; a price is 0 or more."),
            > CatalogSyntax.HighestPrice => throw Fault(node, $"The price {text} is too high for one million tokens; check the unit."),
            _ => price,
        };
    }

    public decimal Number(YamlNode node, string what, decimal above, decimal atMost) =>
        node is YamlScalarNode { Value: { } text } && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) && number > above && number <= atMost
            ? number
            : throw Fault(node, $"Expected {what}, found '{(node as YamlScalarNode)?.Value}'.");

    public int Count(YamlNode node) =>
        node is YamlScalarNode { Value: { } text } && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0
            ? count
            : throw Fault(node, $"Expected a number of tokens above 0, found '{(node as YamlScalarNode)?.Value}'.");

    public DateTime Date(YamlNode node) =>
        node is YamlScalarNode { Value: { } text } && DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime date)
            ? date
            : throw Fault(node, $"Expected a date such as 2026-08-21, found '{(node as YamlScalarNode)?.Value}'.");
}
