namespace Magsag.EndToEnd.Tests;

/// <summary>All tests that restore the packed packages: they are packed once.</summary>
[CollectionDefinition(Name)]
public sealed class PackageCollection : ICollectionFixture<PackageFeed>
{
    public const string Name = "Packed packages";
}
