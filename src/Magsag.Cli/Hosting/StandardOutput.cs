using System.Text;

namespace Magsag.Cli.Hosting;

/// <summary>The stdout of this process; says that it is stdout that can't be written when a disk is full or the stream is closed.</summary>
/// <remarks>A reader that has seen enough (<c>magsag … | head</c>) is no failure: the rest is dropped.</remarks>
internal sealed class StandardOutput(TextWriter console) : TextWriter
{
    public override Encoding Encoding => console.Encoding;

    public override void Write(char value) => Do(() => console.Write(value));

    public override void Write(char[] buffer, int index, int count) => Do(() => console.Write(buffer, index, count));

    public override void Write(string? value) => Do(() => console.Write(value));

    public override void WriteLine(string? value) => Do(() => console.WriteLine(value));

    public override void Flush() => Do(console.Flush);

    private static void Do(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Usage($"stdout can't be written: {OutputFile.Reason(error)}", error);
        }
    }
}
