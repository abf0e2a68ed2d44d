namespace Magsag.Storage.Tests;

/// <summary>An empty PostgreSQL database, by the address that Npgsql takes.</summary>
internal static class BudgetDatabase
{
    public static string Create() => AddressOf(PostgresCluster.CreateDatabase());

    public static string CreateOn(PostgresCluster server) => AddressOf(server.CreateDatabaseHere());

    private static string AddressOf(string url)
    {
        var address = new Uri(url);
        return $"Host={address.Host};Port={address.Port};Username={address.UserInfo};Database={address.AbsolutePath.TrimStart('/')};Maximum Pool Size=10";
    }
}
