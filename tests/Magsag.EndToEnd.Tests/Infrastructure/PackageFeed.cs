namespace Magsag.EndToEnd.Tests;

/// <summary>The packages as packed from this checkout, in a folder feed, under a version that no cache has seen.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("magsag-feed-");

    /// <summary>The version of all packages.</summary>
    public string Version { get; } = $"0.1.0-e2e.{Guid.NewGuid():N}";

    /// <summary>The folder with the packages.</summary>
    public string Path => System.IO.Path.Combine(_directory.FullName, "packages");

    /// <summary>A repository that has the packages installed and a baseline.</summary>
    public GatedProjectTemplate Template { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await PackAsync(Path);
        Template = await GatedProjectTemplate.CreateAsync(this);
    }

    public Task DisposeAsync()
    {
        Template?.Dispose();
        _directory.Delete(recursive: true);
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (string package in Directory.Exists(cache) ? Directory.GetDirectories(cache, "magsag*") : [])
        {
            string extracted = System.IO.Path.Combine(package, Version);
            if (Directory.Exists(extracted))
            {
                Directory.Delete(extracted, recursive: true);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Packs everything from scratch into a folder. The intermediate files go into a folder of their own, away from the builds of other test projects.</summary>
    internal async Task PackAsync(string output)
    {
        string artifacts = System.IO.Path.Combine(_directory.FullName, "artifacts");
        if (Directory.Exists(artifacts))
        {
            Directory.Delete(artifacts, recursive: true);
        }

        CommandResult packed = await DotnetCommand.RunAsync(
            Repository.Root,
            ["pack", "Magsag.Packages.slnf", "-c", "Release", "--artifacts-path", artifacts, "-o", output, $"-p:Version={Version}"],
            ("UseSharedCompilation", "false"));
        packed.Succeeded();
    }
}
