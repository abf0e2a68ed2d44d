namespace Magsag.Storage.Tests;

/// <summary>An empty PostgreSQL database, by the address that Npgsql takes.</summary>
internal static class BudgetDatabase
{
    public static string Create()
    {
        var address = new Uri(PostgresCluster.CreateDatabase());
        return $"Host={address.Host};Port={address.Port};Username={address.UserInfo};Database={address.AbsolutePath.TrimStart('/')};Maximum Pool Size=10";
    }
}
