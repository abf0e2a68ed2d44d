using System.Text;
using Spectre.Console;

namespace Magsag.Cli.Output;

/// <summary>Gives Spectre.Console the width of the command's stdout.</summary>
internal sealed class WriterOutput(TextWriter writer, Terminal terminal) : IAnsiConsoleOutput
{
    public TextWriter Writer { get; } = writer;

    public bool IsTerminal => !terminal.IsOutputRedirected;

    public int Width => terminal.Width;

    public int Height => 25;

    public void SetEncoding(Encoding encoding)
    {
        // The encoding of the process is fixed already.
    }
}
