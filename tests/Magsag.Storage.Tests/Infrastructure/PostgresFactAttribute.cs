namespace Magsag.Storage.Tests;

/// <summary>A test that needs PostgreSQL: skipped, and said so, on a developer's machine without it; failed in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresInstallation.Directory is null && !PostgresInstallation.IsRequired ? PostgresInstallation.Missing : null;
}
