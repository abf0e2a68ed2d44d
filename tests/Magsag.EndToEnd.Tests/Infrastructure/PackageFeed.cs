[assembly: AssemblyFixture(typeof(Magsag.EndToEnd.Tests.PackageFeed))]

namespace Magsag.EndToEnd.Tests;

/// <summary>The packages as packed from this checkout, once for all tests, in a folder feed, under a version that no cache has seen.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("magsag-feed-");
    private readonly Lazy<Task> _tool;

    public PackageFeed()
    {
        Projects = new GatedProjectPool(MakeProjectAsync);
        TestingPlatformProjects = new GatedProjectPool(MakeTestingPlatformProjectAsync);
        _tool = new Lazy<Task>(InstallToolAsync);
    }

    /// <summary>The version of all packages.</summary>
    public string Version { get; } = $"0.1.0-e2e.{Guid.NewGuid():N}";

    /// <summary>The folder with the packages.</summary>
    public string Path => System.IO.Path.Combine(_directory.FullName, "packages");

    /// <summary>Repositories that have the packages installed and a baseline.</summary>
    public GatedProjectPool Projects { get; }

    /// <summary>The same, with tests that run on Microsoft.Testing.Platform.</summary>
    public GatedProjectPool TestingPlatformProjects { get; }

    public async ValueTask InitializeAsync() => await PackAsync(Path);

    public async ValueTask DisposeAsync()
    {
        await CompilerServer.StopAsync(_directory.FullName);
        Projects.Dispose();
        TestingPlatformProjects.Dispose();
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
    }

    /// <summary>Packs everything from scratch into a folder. The intermediate files go into a folder of their own, away from the builds of other test projects.</summary>
    internal async Task PackAsync(string output, params (string Name, string? Value)[] environment)
    {
        string artifacts = System.IO.Path.Combine(_directory.FullName, "artifacts");
        if (Directory.Exists(artifacts))
        {
            Directory.Delete(artifacts, recursive: true);
        }

        // Analyzers change no byte and have run when this checkout was built; they take most of the time.
        CommandResult packed = await DotnetCommand.RunAsync(
            Repository.Root,
            ["pack", "Magsag.Packages.slnf", "-c", "Release", "--artifacts-path", artifacts, "-o", output, $"-p:Version={Version}", "-p:RunAnalyzers=false"],
            [("ContinuousIntegrationBuild", "true"), .. environment]);
        packed.Succeeded();
    }

    /// <summary>The folder of the tool, installed once with <c>dotnet tool install --add-source</c>.</summary>
    internal async Task<string> ToolFolderAsync()
    {
        await _tool.Value;
        return ToolFolder;
    }

    private string ToolFolder => System.IO.Path.Combine(_directory.FullName, "tool");

    private async Task InstallToolAsync() =>
        (await DotnetCommand.RunAsync(_directory.FullName, ["tool", "install", "Magsag.Cli", "--version", Version, "--add-source", Path, "--tool-path", ToolFolder])).Succeeded();

    private async Task<GatedProject> MakeProjectAsync()
    {
        GatedProject project = GatedProject.Create(this);
        (await project.TestAsync(["-p:MagsagUpdateBaseline=true"])).Succeeded().Prints("Magsag: baseline made: 2 calls");
        return project;
    }

    private async Task<GatedProject> MakeTestingPlatformProjectAsync()
    {
        GatedProject project = GatedProject.CreateOnTestingPlatform(this);
        (await project.RunSessionAsync(["--magsag-update-baseline"])).Succeeded();
        return project;
    }
}
