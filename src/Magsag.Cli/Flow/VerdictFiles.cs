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
        Description = "Write the verdict to this file too, once for each format; its ending says which: .json, .md, .sarif, .xml (JUnit) or .env.";
        HelpName = "file";
        Validators.Add(static result =>
        {
            if (result.Tokens.FirstOrDefault(static token => FormatFor(token.Value) is null) is { } other)
            {
                result.AddError($"'{other.Value}' isn't a name for a verdict; expected one that ends with {string.Join(", ", Formats.Keys)}.");
            }
        });
    }

    public void Write(ParseResult parsed, Verdict verdict, Terminal terminal)
    {
        foreach (string file in parsed.GetValue(this)!)
        {
            OutputFile.Write(terminal.FullPath(file), terminal, path => OutputFile.WriteText(path, VerdictFormats.Print(FormatFor(file)!, verdict, terminal)));
        }
    }

    private static string? FormatFor(string file) => Formats.GetValueOrDefault(Path.GetExtension(file));
}
