namespace Magsag.Storage.Tests;

/// <summary>A test with several sets of data that needs PostgreSQL: skipped, and said so, on a developer's machine without it; failed in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = PostgresInstallation.Directory is null && !PostgresInstallation.IsRequired ? PostgresInstallation.Missing : null;
}
