using Magsag.Ledger.Files;
using Magsag.Pricing.Ids;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Magsag.Yaml.Documents;

/// <summary>Loads a YAML file safely, and names file, line and column of whatever is wrong with it.</summary>
/// <param name="path">The file.</param>
/// <param name="kind">What the file is, for messages: <c>a price file</c>.</param>
/// <param name="content">What its one document has to hold, for messages.</param>
internal class LocatedYaml(string path, string kind, string content)
{
    /// <summary>No file that people write by hand comes near this; a larger one is a mistake or an attack.</summary>
    public const int MostBytes = 1024 * 1024;

    private const int MostDepth = 16;

    private Mark _reached = Mark.Empty;

    public YamlMappingNode Load()
    {
        string text = ReadText();
        try
        {
            RefuseBombs(text);
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            return yaml.Documents.Count == 1
                ? Mapping(yaml.Documents[0].RootNode, content)
                : throw At(1, 1, $"Expected one document with {content}, found {(yaml.Documents.Count == 0 ? "an empty file" : "several")}.");
        }
        catch (YamlException error)
        {
            throw NotYaml(error, error.Start, text);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException or IndexOutOfRangeException)
        {
            // The parser trips over some damaged files instead of refusing them; how far it came is where the damage is.
            throw NotYaml(error, _reached, text);
        }
    }

    public UnreadableInputException Fault(YamlNode node, string problem) => At((int)node.Start.Line, (int)node.Start.Column, problem);

    public UnreadableInputException UnknownKey(YamlScalarNode key, IReadOnlyList<string> known)
    {
        string? nearest = NearestNames.Of(key.Value ?? "", known, 1).FirstOrDefault();
        return Fault(key, $"The key '{Excerpt.From(key.Value ?? "")}' isn't known here; {(nearest is null ? $"expected one of {string.Join(", ", known)}." : $"did you mean '{nearest}'?")}");
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

    public bool Flag(YamlNode node) => PlainText(node) is "true" or "false" ? PlainText(node) == "true" : throw Fault(node, $"Expected true or false, found '{Found(node)}'.");

    /// <summary>The text of a scalar that stands without quotes: a number or a flag in quotes is a text, and a mistake.</summary>
    protected static string? PlainText(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: { } text } ? text : null;

    /// <summary>What stands there, as a message may quote it.</summary>
    protected static string Found(YamlNode node) => node switch
    {
        YamlScalarNode { Style: ScalarStyle.Plain } plain => Excerpt.From(plain.Value ?? ""),
        YamlScalarNode quoted => $"\"{Excerpt.From(quoted.Value ?? "")}\"",
        YamlSequenceNode => "a list",
        _ => "keys with values",
    };

    private YamlMappingNode Mapping(YamlNode node, string expected) => node as YamlMappingNode ?? throw Fault(node, $"Expected {expected}.");

    // The parser reports a tab wherever it first made a difference; people look for it where it stands.
    private UnreadableInputException NotYaml(Exception error, Mark at, string text)
    {
        string[] lines = text.Split('\n');
        int tabbed = Array.FindIndex(lines, static line => line.TrimStart(' ').StartsWith("\t", StringComparison.Ordinal));
        return tabbed >= 0
            ? new UnreadableInputException(path, tabbed + 1, "The line is indented with a tab; YAML wants spaces.", error, lines[tabbed].IndexOf('\t') + 1)
            : new UnreadableInputException(path, Math.Max(1, (int)at.Line), $"The file isn't well-formed YAML: {error.Message}", error, Math.Max(1, (int)at.Column));
    }

    private UnreadableInputException At(int line, int column, string problem) => new(path, line, problem, null, column);

    private string ReadText()
    {
        try
        {
            return InputBytes.Read(path, MostBytes) is { } content
                ? UnicodeText.Read(content, line => At(line, 1, "Expected text in UTF-8, found bytes that stand for no character; save the file as UTF-8."))
                : throw At(1, 1, $"The file has more than {MostBytes} bytes; {kind} has at most that many.");
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
            _reached = step.End;
            depth += step.NestingIncrease;
            bool isAnchored = step is AnchorAlias || (step is NodeEvent node && !node.Anchor.IsEmpty);
            if (isAnchored || depth > MostDepth)
            {
                string what = isAnchored ? $"Anchors and aliases (& and *) aren't allowed in {kind}; write the values out, and put quotes around a name with a *." : $"The file nests deeper than {MostDepth} levels.";
                throw At((int)step.Start.Line, (int)step.Start.Column, what);
            }
        }
    }
}
