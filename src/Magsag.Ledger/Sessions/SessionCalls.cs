using System.Globalization;
using System.Text;
using System.Text.Json;
using Magsag.Ledger.Files;

namespace Magsag.Ledger.Sessions;

/// <summary>How many calls a test host began, ended and recorded. It keeps the counts in a file beside its ledger, so that they are known however the host ends.</summary>
/// <remarks>The file is one line of a fixed length that is written over with each call: whatever kills the host, it holds the counts from before or after a call.</remarks>
internal sealed record SessionCalls
{
    /// <summary>The version of the format that this type writes and reads.</summary>
    public const int FormatVersion = 1;

    private const int FileBytes = 256;
    private const string Remedy = "Run the tests again.";

    /// <summary>The session, as the ledger names it.</summary>
    public Guid Session { get; init; }

    /// <summary>The process id of the host.</summary>
    public int ProcessId { get; init; }

    /// <summary>Calls through pipelines that began.</summary>
    public long Begun { get; init; }

    /// <summary>Those of them that ended: were answered, failed or were cancelled.</summary>
    public long Ended { get; init; }

    /// <summary>Records that were handed to the ledger: as many must stand in it.</summary>
    public long Recorded { get; init; }

    /// <summary>Whether the host came to its end by itself, or whoever ran the tests says that they ran to their end.</summary>
    public bool IsOver { get; init; }

    /// <summary>Calls that hadn't ended when the counts were last written.</summary>
    public long Open => Math.Max(0, Begun - Ended);

    /// <summary>Where a session's counts stand.</summary>
    /// <param name="ledgerDirectory">The directory of the session's ledger files.</param>
    /// <param name="session">The session.</param>
    public static string PathOf(string ledgerDirectory, Guid session) => Path.Combine(ledgerDirectory, session.ToString("D") + ".calls.json");

    /// <summary>Reads the counts of a session; null when there is no such file.</summary>
    /// <exception cref="UnreadableInputException">The file can't be read or isn't one of counts.</exception>
    public static SessionCalls? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        LocatedJsonReader json = LocatedJsonReader.Parse(path, ReadBytes(path), Remedy);
        json.ReadStartObject("counts of calls");
        var calls = new SessionCalls();
        long version = 0;
        while (json.ReadMember() is { } member)
        {
            switch (member)
            {
                case "v": version = json.ReadCount(); break;
                case "session": calls = calls with { Session = Guid.TryParse(json.ReadText(), out Guid session) ? session : default }; break;
                case "process": calls = calls with { ProcessId = (int)json.ReadCount() }; break;
                case "begun": calls = calls with { Begun = json.ReadCount() }; break;
                case "ended": calls = calls with { Ended = json.ReadCount() }; break;
                case "recorded": calls = calls with { Recorded = json.ReadCount() }; break;
                case "over": calls = calls with { IsOver = json.ReadFlag() }; break;
                default: json.Skip(); break;
            }
        }

        return version == FormatVersion
            ? calls
            : throw new UnreadableInputException(path, 1, $"Expected counts of calls with \"v\": {FormatVersion.ToString(CultureInfo.InvariantCulture)}, found {version.ToString(CultureInfo.InvariantCulture)}. {Remedy}");
    }

    // A host that runs has the file open to write it.
    private static byte[] ReadBytes(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream(FileBytes);
            file.CopyTo(content);
            return content.ToArray();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(path, 0, $"The counts of calls can't be opened: {error.Message} {Remedy}", error);
        }
    }

    /// <summary>Whether the host that keeps a file of counts is still running: it has the file open and keeps others from having it for themselves.</summary>
    public static bool IsHeld(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Says of a session that its tests ran to their end; whoever ran them knows it, though the host was ended before it could say so.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void MarkOver(string path, SessionCalls calls)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        byte[] line = (calls with { IsOver = true }).ToLine();
        file.Write(line, 0, line.Length);
    }

    /// <summary>The counts as the file's one line.</summary>
    public byte[] ToLine()
    {
        using var buffer = new MemoryStream(FileBytes);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("v", FormatVersion);
            json.WriteString("kind", "calls");
            json.WriteString("session", Session);
            json.WriteNumber("process", ProcessId);
            json.WriteNumber("begun", Begun);
            json.WriteNumber("ended", Ended);
            json.WriteNumber("recorded", Recorded);
            json.WriteBoolean("over", IsOver);
            json.WriteEndObject();
        }

        string text = Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
        return Encoding.UTF8.GetBytes(text.PadRight(FileBytes - 1) + "\n");
    }
}
