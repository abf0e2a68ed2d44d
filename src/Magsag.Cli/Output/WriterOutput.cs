using System.Text;
using Spectre.Console;

namespace Magsag.Cli.Output;

/// <summary>Lets Spectre.Console write as wide as the command's own stdout is.</summary>
internal sealed class WriterOutput(TextWriter writer, Terminal terminal) : IAnsiConsoleOutput
{
    public TextWriter Writer { get; } = writer;

    public bool IsTerminal => !terminal.IsOutputRedirected;

    public int Width => terminal.Width;

    public int Height => 25;

    public void SetEncoding(Encoding encoding)
    {
        // The process wrote its encoding down already; data that follows must not get another one.
    }
}
