using System.Text;

namespace Magsag.Cli.Hosting;

/// <summary>Writes a file that the user named, or says in one line why it can't be written.</summary>
internal static class OutputFile
{
    private const int DiskFull = 28;
    private const int DiskFullOnWindows = 112;
    private const int ReadOnlyFileSystem = 30;

    /// <exception cref="CommandFailure">The file can't be written; what was there before is untouched.</exception>
    public static void Write(string path, Terminal terminal, Action<string> write)
    {
        if (Directory.Exists(path))
        {
            throw CommandFailure.Usage($"{terminal.Shown(path)} is a folder; expected the name of a file to write.");
        }

        try
        {
            write(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException || IsTooLarge(error))
        {
            throw CommandFailure.Usage($"{terminal.Shown(path)} can't be written: {Reason(error)}", error);
        }
    }

    /// <summary>Writes a text as a whole or not at all.</summary>
    public static void WriteText(string path, string text) => AtomicFile.Write(path, new UTF8Encoding(false).GetBytes(text));

    /// <summary>Why something can't be written, without the name of the temporary file.</summary>
    public static string Reason(Exception error) => (error, error.HResult & 0xffff) switch
    {
        (UnauthorizedAccessException, _) => "permission denied.",
        (_, DiskFull or DiskFullOnWindows) => "the disk is full.",
        (_, ReadOnlyFileSystem) => "the file system is read-only.",
        _ when IsTooLarge(error) => "the file system or a limit of the user allows no file of that size.",
        (DirectoryNotFoundException or FileNotFoundException, _) => "its folder can't be made.",
        _ => error.Message,
    };

    // .NET maps EFBIG to this: the length that the file would get is out of range.
    private static bool IsTooLarge(Exception error) => error is ArgumentOutOfRangeException { ParamName: "value" };
}
