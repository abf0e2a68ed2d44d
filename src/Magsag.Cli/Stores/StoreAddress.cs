namespace Magsag.Cli.Stores;

/// <summary>Addresses of stores that the user gave.</summary>
internal static class StoreAddress
{
    private const string Sqlite = "sqlite:";

    private static readonly string[] Postgres = ["postgres://", "postgresql://"];

    /// <summary>The address with a full path.</summary>
    /// <exception cref="CommandFailure">It is neither <c>sqlite:PATH</c> nor <c>postgres://…</c>.</exception>
    public static string Parse(string address, Terminal terminal)
    {
        if (Postgres.Any(scheme => address.StartsWith(scheme, StringComparison.Ordinal)))
        {
            return Uri.TryCreate(address, UriKind.Absolute, out Uri? known) && known.Host.Length > 0
                ? address
                : throw CommandFailure.Usage("The address of the store can't be understood; expected postgres://user:password@host:port/database.");
        }

        return address.StartsWith(Sqlite, StringComparison.Ordinal) && address.Length > Sqlite.Length
            ? Sqlite + terminal.FullPath(address[Sqlite.Length..])
            : throw CommandFailure.Usage("Expected a store such as sqlite:.runs/costs.db or postgres://user@host/database.");
    }

    /// <summary>The same of a store that must exist: asking must not make an empty one.</summary>
    /// <exception cref="CommandFailure">There is no such file.</exception>
    public static string Existing(string address, Terminal terminal)
    {
        string full = Parse(address, terminal);
        if (!full.StartsWith(Sqlite, StringComparison.Ordinal))
        {
            return full;
        }

        string path = InputFile.Existing(full[Sqlite.Length..], $"a store; `magsag ingest --to {address}` makes one", terminal);
        return Sqlite + path;
    }
}
