using System.Reflection;

namespace Magsag.Cli.Tests.Guide;

public sealed class GuideTests
{
    private const string Beginning = "<!-- From here on the page is made of the commands: MAGSAG_UPDATE_DOCS=1 dotnet test tests/Magsag.Cli.Tests -->\n";

    private static readonly string Guide = Path.Combine(
        typeof(GuideTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "RepositoryRoot").Value!,
        "docs/guides/cli.md");

    [Fact]
    public void The_guide_says_what_the_commands_say()
    {
        string text = File.ReadAllText(Guide);
        string head = text[..(text.IndexOf(Beginning, StringComparison.Ordinal) + Beginning.Length)];
        using var nowhere = new StringWriter();
        string expected = head + "\n" + CommandReference.Of(CommandLine.Create(new Terminal { Out = nowhere, Error = nowhere, Directory = "/" })).TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("MAGSAG_UPDATE_DOCS") is not null)
        {
            File.WriteAllText(Guide, expected);
            text = expected;
        }

        Assert.Equal(expected, text);
    }
}
