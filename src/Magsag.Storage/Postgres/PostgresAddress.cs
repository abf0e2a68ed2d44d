using System.Globalization;
using Magsag.Storage.Stores;
using Npgsql;

namespace Magsag.Storage.Postgres;

/// <summary>Where a store in PostgreSQL is.</summary>
/// <param name="ConnectionString">With user and password.</param>
/// <param name="Location">Without them, for messages.</param>
internal sealed record PostgresAddress(string ConnectionString, string Location)
{
    private const int DefaultPort = 5432;

    /// <summary>Reads <c>postgres://user:password@host:port/database?setting=value</c>; null when it is an address of something else.</summary>
    /// <exception cref="CostStoreException">It is one, but can't be understood.</exception>
    public static PostgresAddress? Parse(string address)
    {
        if (!address.StartsWith("postgres://", StringComparison.Ordinal) && !address.StartsWith("postgresql://", StringComparison.Ordinal))
        {
            return null;
        }

        // The address itself stays out of the message: it may hold a password.
        return Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Host.Length > 0
            ? Parse(uri)
            : throw new CostStoreException("The address of the store can't be understood; expected postgres://user:password@host:port/database.");
    }

    private static PostgresAddress Parse(Uri uri)
    {
        string[] user = uri.UserInfo.Split(':', 2);
        string database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        int port = uri.Port > 0 ? uri.Port : DefaultPort;
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = Uri.UnescapeDataString(uri.Host),
            Port = port,
            ApplicationName = "magsag",
            Pooling = false,
            SearchPath = PostgresSchema.Name,
            CommandTimeout = 0,
            MaxAutoPrepare = 50,
        };
        settings.Database = database.Length > 0 ? database : null;
        settings.Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null;
        settings.Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null;
        foreach (string setting in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            Set(settings, setting.Split('=', 2));
        }

        return new PostgresAddress(settings.ToString(), string.Create(CultureInfo.InvariantCulture, $"postgres://{settings.Host}:{port}/{database}"));
    }

    private static void Set(NpgsqlConnectionStringBuilder settings, string[] setting)
    {
        // libpq spells some keywords with an underscore where Npgsql has a blank.
        string name = Uri.UnescapeDataString(setting[0]).Replace('_', ' ');
        try
        {
            settings[name == "sslmode" ? "SSL Mode" : name] = setting.Length > 1 ? Uri.UnescapeDataString(setting[1]) : "";
        }
        catch (ArgumentException error)
        {
            throw new CostStoreException($"The address of the store has a setting that can't be used: {error.Message}", error);
        }
    }
}
