namespace Magsag.Cli.Hosting;

/// <summary>The environment of a command: streams, directory, variables, the clock. Tests substitute their own.</summary>
internal sealed record Terminal
{
    private const int FileWidth = 400;

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>True when stdout is a file or a pipe: data only, no colour, no progress.</summary>
    public bool IsOutputRedirected { get; init; } = true;

    /// <summary>True when colours may be used on stdout.</summary>
    public bool HasColour { get; init; }

    /// <summary>The width of a line on stdout, in characters.</summary>
    public int Width { get; init; } = FileWidth;

    /// <summary>The working directory.</summary>
    public required string Directory { get; init; }

    /// <summary>Reads an environment variable; null when it isn't set or is empty.</summary>
    public Func<string, string?> Variable { get; init; } = static _ => null;

    /// <summary>For files that are deleted when the command ends.</summary>
    public ScratchFolder Scratch { get; init; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How long a webhook may take to answer.</summary>
    public TimeSpan WebhookPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long another process may keep a store locked without getting on.</summary>
    public TimeSpan StorePatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait for a locked store before a notice is written.</summary>
    public TimeSpan StoreSilence { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How a locked store is waited for.</summary>
    public StoreWaiting Waiting => new() { Limit = StorePatience, ReportAfter = StoreSilence, Report = text => WriteNotice($"magsag: {text}") };

    /// <summary>The terminal of this process.</summary>
    /// <exception cref="IOException">The working directory is gone.</exception>
    public static Terminal ForProcess()
    {
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }

        bool redirected = Console.IsOutputRedirected;
        return new Terminal
        {
            Out = new StandardOutput(Console.Out),
            Error = Console.Error,
            IsOutputRedirected = redirected,
            HasColour = !redirected && ReadVariable("NO_COLOR") is null && ReadVariable("TERM") != "dumb",
            Width = redirected ? FileWidth : ConsoleWidth(),
            Directory = Environment.CurrentDirectory,
            Variable = ReadVariable,
        };
    }

    /// <summary>A path that the user gave, as a full path.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, Directory);

    /// <summary>A path as messages show it: relative when it lies below the working directory.</summary>
    public string Shown(string path)
    {
        // No file has such a name, but a ledger may.
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            return path;
        }

        string relative = Path.GetRelativePath(Directory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? path : relative;
    }

    /// <summary>Where an input can't be read, as compilers name places: <c>costs.jsonl(3,14)</c>.</summary>
    public string ShownLocation(UnreadableInputException error) => Shown(error.File) + (error.Line, error.Column) switch
    {
        (0, _) => "",
        (var line, 0) => $"({line})",
        (var line, var column) => $"({line},{column})",
    };

    /// <summary>Writes one line that isn't data to stderr. A failure to write it is ignored.</summary>
    public void WriteNotice(string message)
    {
        try
        {
            Error.WriteLine(PlainText.OneLine(message));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // The exit code still says how the command ended.
        }
    }

    private static int ConsoleWidth()
    {
        const int Usual = 80;
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : Usual;
        }
        catch (IOException)
        {
            return Usual;
        }
    }

    private static string? ReadVariable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
