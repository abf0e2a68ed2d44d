using System.Reflection;

namespace Magsag.EndToEnd.Tests;

/// <summary>The checkout that is tested.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;
}
