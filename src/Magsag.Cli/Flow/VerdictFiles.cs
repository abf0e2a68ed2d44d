using Magsag.Cli.Flow.Verdicts;
using Magsag.Gating.Verdicts;

namespace Magsag.Cli.Flow;

/// <summary>The files that a verdict is written to beside what is printed, each in the format that its name's ending says.</summary>
internal sealed class VerdictFiles : Option<string[]>
{
    private static readonly Dictionary<string, string> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        [".json"] = "json",
        [".md"] = "markdown",
        [".sarif"] = "sarif",
        [".xml"] = "junit",
        [".env"] = "dotenv",
    };

    public VerdictFiles()
        : base("--output", "-o")
    {
        Description = "Write the verdict to this file too, once for each format: FORMAT=FILE, or a file whose ending says which: .json, .md, .sarif, .xml (JUnit) or .env.";
        HelpName = "file";
        Validators.Add(static result =>
        {
            if (result.Tokens.FirstOrDefault(static token => FormatFor(token.Value) is null) is { } other)
            {
                result.AddError($"'{other.Value}' isn't a name for a verdict; expected one that ends with {string.Join(", ", Formats.Keys)}, or FORMAT=FILE with one of {string.Join(", ", VerdictFormats.Names)}.");
            }
        });
    }

    public void Write(ParseResult parsed, Verdict verdict, Terminal terminal)
    {
        foreach (string name in parsed.GetValue(this)!)
        {
            OutputFile.Write(terminal.FullPath(FileOf(name)), terminal, path => OutputFile.WriteText(path, VerdictFormats.Print(FormatFor(name)!, verdict, terminal)));
        }
    }

    private static string? FormatFor(string name) => NamedFormat(name) ?? Formats.GetValueOrDefault(Path.GetExtension(name));

    private static string FileOf(string name) => NamedFormat(name) is { } format ? name[(format.Length + 1)..] : name;

    private static string? NamedFormat(string name) => VerdictFormats.Names.FirstOrDefault(format => name.Length > format.Length + 1 && name.StartsWith(format + "=", StringComparison.Ordinal));
}
