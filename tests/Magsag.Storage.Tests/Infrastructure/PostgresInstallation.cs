namespace Magsag.Storage.Tests;

/// <summary>Finds the programs of PostgreSQL: below /usr/lib/postgresql, where Debian puts them, or on the PATH.</summary>
internal static class PostgresInstallation
{
    public const string Missing = "PostgreSQL isn't installed: 'apt-get install -y postgresql' or put initdb and pg_ctl on the PATH. Nothing of the PostgreSQL store was tested.";

    /// <summary>The directory of initdb and pg_ctl; null when there is none.</summary>
    public static string? Directory { get; } = Candidates().FirstOrDefault(static directory => File.Exists(Path.Combine(directory, "initdb")));

    /// <summary>True in CI, where a missing PostgreSQL is a failure.</summary>
    public static bool IsRequired => Environment.GetEnvironmentVariable("CI") is { Length: > 0 };

    private static IEnumerable<string> Candidates()
    {
        const string Debian = "/usr/lib/postgresql";
        IEnumerable<string> installed = System.IO.Directory.Exists(Debian)
            ? System.IO.Directory.GetDirectories(Debian).OrderDescending(StringComparer.Ordinal).Select(static version => Path.Combine(version, "bin"))
            : [];
        return installed.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));
    }
}
