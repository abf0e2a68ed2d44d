using Magsag.Storage.Stores;
using Npgsql;

namespace Magsag.Storage.Postgres;

/// <summary>Turns errors of PostgreSQL into messages about the store.</summary>
internal static class PostgresErrors
{
    public static CostStoreException Explain(Exception error, string location) => new(error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            $"PostgreSQL at '{location}' refuses the user or the password. Check both in the address.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => $"PostgreSQL at '{location}' has no such database. Make it with createdb.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } found =>
            $"The user may not do that in the store at '{location}' ({found.MessageText}). Grant CREATE on the database and on its schema {PostgresSchema.Name}, and the tables in it.",
        PostgresException found => $"The store at '{location}' failed: {found.SqlState}: {found.MessageText}",
        NpgsqlException { InnerException: null, Message: var found } when found.StartsWith("No password", StringComparison.Ordinal) =>
            $"PostgreSQL at '{location}' wants a password. Put one into the address, into PGPASSWORD or into ~/.pgpass.",
        _ => $"PostgreSQL at '{location}' can't be reached ({(error.InnerException?.Message ?? error.Message).TrimEnd('.')}). Check that it runs, and the host and port in the address.",
    }, error);
}
