using System.Runtime.Versioning;

namespace Magsag.Cli.Tests;

/// <summary>The built tool where every user may run it: a checkout can lie in a folder that is closed to all but its owner.</summary>
internal static class ToolForSomebody
{
    private const UnixFileMode Enter = UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    // Drives a browser for other tests, and is larger than all the rest.
    private const string Browser = ".playwright";

    private static readonly string Built = typeof(CommandLine).Assembly.Location;

    public static string Path { get; } = OperatingSystem.IsWindows() || IsOpen(AppContext.BaseDirectory) ? Built : Copied();

    [UnsupportedOSPlatform("windows")]
    private static bool IsOpen(string folder)
    {
        for (DirectoryInfo? parent = new(folder); parent is not null; parent = parent.Parent)
        {
            if ((parent.UnixFileMode & Enter) != Enter)
            {
                return false;
            }
        }

        return true;
    }

    [UnsupportedOSPlatform("windows")]
    private static string Copied()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("magsag-tool-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        folder.UnixFileMode |= Enter;
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories).Where(static file => !file.Contains(Browser, StringComparison.Ordinal)))
        {
            string copy = System.IO.Path.Combine(folder.FullName, System.IO.Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
            File.SetUnixFileMode(copy, File.GetUnixFileMode(copy) | UnixFileMode.OtherRead);
        }

        return System.IO.Path.Combine(folder.FullName, System.IO.Path.GetFileName(Built));
    }
}
