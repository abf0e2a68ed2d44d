using System.Buffers;

namespace Magsag.Cli.Tests;

/// <summary>A working directory of the test's own in which it runs the tool, at a fixed time, with stdout redirected.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("magsag-cli-");

    public Workspace() => System.IO.Directory.CreateDirectory(PathOf(".git"));

    public static DateTimeOffset Now { get; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public string Directory => _directory.FullName;

    /// <summary>A directory in which one process has recorded calls.</summary>
    public static Workspace Recorded(string name, params LedgerRecord[] records) => Recorded(name, Guid.NewGuid(), Now, records);

    public static Workspace Recorded(string name, Guid session, DateTimeOffset begun, params LedgerRecord[] records)
    {
        var workspace = new Workspace();
        workspace.Record(name, session, begun, records);
        return workspace;
    }

    public string PathOf(string name) => Path.Combine(Directory, name);

    public void Write(string name, string content)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), content);
    }

    public string Read(string name) => File.ReadAllText(PathOf(name));

    /// <summary>Writes a ledger as one process would.</summary>
    public void Record(string name, params LedgerRecord[] records) => Record(name, Guid.NewGuid(), Now, records);

    public void Record(string name, Guid session, DateTimeOffset begun, params LedgerRecord[] records)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new LedgerLineWriter(buffer);
        writer.Write(new LedgerSession { Id = session, Timestamp = begun, Assembly = "Desk.Tests", Framework = "net10.0" });
        foreach (LedgerRecord record in records)
        {
            writer.Write(record);
        }

        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllBytes(PathOf(name), buffer.WrittenSpan.ToArray());
    }

    /// <summary>Runs a command line in this directory.</summary>
    public Task<ToolResult> RunAsync(params string[] arguments) => RunAsync(static terminal => terminal, arguments);

    /// <summary>Runs a command line at another terminal.</summary>
    public Task<ToolResult> RunAsync(Func<Terminal, Terminal> at, params string[] arguments) => RunAsync(at, CancellationToken.None, arguments);

    public Task<ToolResult> RunAsync(CancellationToken cancellationToken, params string[] arguments) => RunAsync(static terminal => terminal, cancellationToken, arguments);

    public async Task<ToolResult> RunAsync(Func<Terminal, Terminal> at, CancellationToken cancellationToken, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal { Out = output, Error = error, Directory = Directory, Clock = new FixedClock(Now) };
        int exitCode = await CommandLine.RunAsync(arguments, at(terminal), cancellationToken);
        return new ToolResult(exitCode, output.ToString(), error.ToString());
    }

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            // A test may have taken the right to change a folder away.
            foreach (DirectoryInfo folder in _directory.GetDirectories("*", SearchOption.AllDirectories).Append(_directory))
            {
                folder.UnixFileMode |= UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            }
        }

        _directory.Delete(recursive: true);
    }
}
