namespace Magsag.Cli.Hosting;

/// <summary>Files that the user named as input.</summary>
internal static class InputFile
{
    /// <summary>The full path of a file that exists.</summary>
    /// <exception cref="CommandFailure">It doesn't exist, or is a folder.</exception>
    public static string Existing(string named, string what, Terminal terminal)
    {
        string path = terminal.FullPath(named);
        if (Directory.Exists(path))
        {
            throw Folder(path, what, terminal);
        }

        return File.Exists(path) ? path : throw CommandFailure.Unreadable($"{terminal.Shown(path)} doesn't exist; expected {what}.");
    }

    public static CommandFailure Folder(string path, string what, Terminal terminal) => CommandFailure.Unreadable($"{terminal.Shown(path)} is a folder; expected {what}.");
}
