using System.Globalization;
using System.Text;
using System.Text.Json;
using Magsag.Ledger.Files;

namespace Magsag.Ledger.Sessions;

/// <summary>Which tests a test host has, and which of them it ran, as far as the host knows: a filter, an editor that runs one test and a list of names all leave their mark here.</summary>
internal sealed record SessionTests
{
    /// <summary>The version of the format that this type writes and reads.</summary>
    public const int FormatVersion = 1;

    private const string Remedy = "Run the tests again.";

    /// <summary>The session, as the ledger names it.</summary>
    public Guid Session { get; init; }

    /// <summary>The tests of the assembly, by class and method.</summary>
    public IReadOnlyCollection<string> Exist { get; init; } = [];

    /// <summary>The tests that ran, by class and method; null when the host doesn't know their names.</summary>
    public IReadOnlyCollection<string>? Ran { get; init; }

    /// <summary>Whether whoever started the tests chose some of them by a filter.</summary>
    public bool IsFiltered { get; init; }

    /// <summary>Whether only some of the tests ran; null when that isn't known.</summary>
    public bool? IsPartial
    {
        get
        {
            if (Ran is not { } ran || Exist.Count == 0)
            {
                return IsFiltered ? true : null;
            }

            var names = new HashSet<string>(ran.Select(Normal), StringComparer.Ordinal);
            return Exist.Any(test => !names.Contains(Normal(test)));
        }
    }

    /// <summary>Adds up what the hosts of one run had and ran; null when one of them tells nothing.</summary>
    public static SessionTests? Union(IReadOnlyCollection<SessionTests?> hosts)
    {
        if (hosts.Count == 0 || hosts.Any(static host => host is null))
        {
            return null;
        }

        bool areNamed = hosts.All(static host => host!.Ran is not null);
        return new SessionTests
        {
            Exist = [.. hosts.SelectMany(static host => host!.Exist).Distinct(StringComparer.Ordinal)],
            Ran = areNamed ? [.. hosts.SelectMany(static host => host!.Ran!).Distinct(StringComparer.Ordinal)] : null,
            IsFiltered = hosts.Any(static host => host!.IsFiltered),
        };
    }

    /// <summary>Where the tests of a session stand.</summary>
    /// <param name="ledgerDirectory">The directory of the session's ledger files.</param>
    /// <param name="session">The session.</param>
    public static string PathOf(string ledgerDirectory, Guid session) => Path.Combine(ledgerDirectory, session.ToString("D") + ".tests.json");

    /// <summary>Writes the file as a whole.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(string path)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonFormat.Compact))
        {
            json.WriteStartObject();
            json.WriteNumber("v", FormatVersion);
            json.WriteString("kind", "tests");
            json.WriteString("session", Session);
            WriteNames(json, "exist", Exist);
            if (Ran is { } ran)
            {
                WriteNames(json, "ran", ran);
            }

            if (IsFiltered)
            {
                json.WriteBoolean("filtered", true);
            }

            json.WriteEndObject();
        }

        AtomicFile.Write(path, [.. buffer.ToArray(), (byte)'\n']);
    }

    /// <summary>Reads the tests of a session; null when there is no such file.</summary>
    /// <exception cref="UnreadableInputException">The file can't be read or isn't one of tests.</exception>
    public static SessionTests? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        LocatedJsonReader json = LocatedJsonReader.Open(path, Remedy);
        json.ReadStartObject("the tests of a session");
        var tests = new SessionTests();
        long version = 0;
        while (json.ReadMember() is { } member)
        {
            switch (member)
            {
                case "v": version = json.ReadCount(); break;
                case "session": tests = tests with { Session = Guid.TryParse(json.ReadText(), out Guid session) ? session : default }; break;
                case "exist": tests = tests with { Exist = ReadNames(json) }; break;
                case "ran": tests = tests with { Ran = ReadNames(json) }; break;
                case "filtered": tests = tests with { IsFiltered = json.ReadFlag() }; break;
                default: json.Skip(); break;
            }
        }

        return version == FormatVersion
            ? tests
            : throw new UnreadableInputException(path, 1, $"Expected the tests of a session with \"v\": {FormatVersion.ToString(CultureInfo.InvariantCulture)}, found {version.ToString(CultureInfo.InvariantCulture)}. {Remedy}");
    }

    private static void WriteNames(Utf8JsonWriter json, string member, IEnumerable<string> names)
    {
        json.WriteStartArray(member);
        foreach (string name in names.OrderBy(static name => name, StringComparer.Ordinal))
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    private static List<string> ReadNames(LocatedJsonReader json)
    {
        List<string> names = [];
        json.ReadStartArray("names of tests");
        while (json.AtNextElement())
        {
            names.Add(json.ReadText());
        }

        return names;
    }

    // Nested classes are written with a dot by some frameworks and with a plus by others.
    private static string Normal(string test) => test.Replace('+', '.');
}
