using System.Globalization;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Magsag.Gating;

/// <summary>Loads a YAML file of prices safely, and names file, line and column of whatever is wrong with it.</summary>
internal sealed class PriceYaml(string path)
{
    /// <summary>No list of one's own prices comes near this; a larger file is a mistake or an attack.</summary>
    public const int MostBytes = 1024 * 1024;

    private const int MostDepth = 16;

    public YamlMappingNode Load()
    {
        string text = ReadText();
        try
        {
            RefuseBombs(text);
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            return yaml.Documents.Count == 1
                ? Mapping(yaml.Documents[0].RootNode, "the keys 'version', 'deployments' and 'models'")
                : throw new UnreadableInputException(path, 1, $"Expected one document with the key 'version: 1', found {(yaml.Documents.Count == 0 ? "an empty file" : "several")}.");
        }
        catch (YamlException error)
        {
            throw new UnreadableInputException(path, (int)error.Start.Line, $"The file isn't well-formed YAML: {error.Message}", error, (int)error.Start.Column);
        }
    }

    public UnreadableInputException Fault(YamlNode node, string problem) => new(path, (int)node.Start.Line, problem, null, (int)node.Start.Column);

    public UnreadableInputException UnknownKey(YamlScalarNode key, IReadOnlyList<string> known)
    {
        string? nearest = Pricing.NearestNames.Of(key.Value ?? "", known, 1).FirstOrDefault();
        return Fault(key, $"The key '{key.Value}' isn't known here; {(nearest is null ? $"expected one of {string.Join(", ", known)}." : $"did you mean '{nearest}'?")}");
    }

    public IEnumerable<(YamlScalarNode Key, YamlNode Value)> Members(YamlNode node, string expected)
    {
        foreach (KeyValuePair<YamlNode, YamlNode> member in Mapping(node, expected).Children)
        {
            yield return (member.Key as YamlScalarNode ?? throw Fault(member.Key, "A key has to be plain text."), member.Value);
        }
    }

    public IEnumerable<YamlNode> Items(YamlNode node, string expected) =>
        node is YamlSequenceNode list ? list.Children : throw Fault(node, $"Expected a list of {expected}.");

    public string Text(YamlNode node) =>
        node is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw Fault(node, "Expected a text.");

    public decimal Price(YamlNode node)
    {
        if (node is not YamlScalarNode { Value: { } text } || !decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal price))
        {
            throw Fault(node, $"Expected a price in US dollars such as 2.5, found '{(node as YamlScalarNode)?.Value}'.");
        }

        return price switch
        {
            < 0m => throw Fault(node, $"The price {text} is negative; a price is 0 or more."),
            > Pricing.CatalogSyntax.HighestPrice => throw Fault(node, $"The price {text} is too high for one million tokens; check the unit."),
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

    public bool Flag(YamlNode node) => node is YamlScalarNode { Value: "true" or "false" } flag ? flag.Value == "true" : throw Fault(node, "Expected true or false.");

    private YamlMappingNode Mapping(YamlNode node, string expected) => node as YamlMappingNode ?? throw Fault(node, $"Expected {expected}.");

    private string ReadText()
    {
        try
        {
            long length = new FileInfo(path).Length;
            return length <= MostBytes
                ? File.ReadAllText(path, Encoding.UTF8)
                : throw new UnreadableInputException(path, 1, $"The file has {length} bytes; a price file has at most {MostBytes}.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(path, 0, $"The file can't be opened: {error.Message}", error);
        }
    }

    // Aliases can make a small file expand without bound, and deep nesting can exhaust the stack: neither is needed here.
    private void RefuseBombs(string text)
    {
        var parser = new Parser(new StringReader(text));
        int depth = 0;
        while (parser.MoveNext())
        {
            ParsingEvent step = parser.Current!;
            depth += step.NestingIncrease;
            bool isAnchored = step is AnchorAlias || (step is NodeEvent node && !node.Anchor.IsEmpty);
            if (isAnchored || depth > MostDepth)
            {
                string what = isAnchored ? "Anchors and aliases (& and *) aren't allowed in a price file; write the prices out." : $"The file nests deeper than {MostDepth} levels.";
                throw new UnreadableInputException(path, (int)step.Start.Line, what, null, (int)step.Start.Column);
            }
        }
    }
}
