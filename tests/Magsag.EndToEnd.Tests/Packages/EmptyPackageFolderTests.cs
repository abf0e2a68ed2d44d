namespace Magsag.EndToEnd.Tests;

/// <summary>Packing on a machine that has never built anything: its NuGet folder is empty.</summary>
public sealed class EmptyPackageFolderTests(PackageFeed feed) : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("magsag-empty-");

    private (string, string?) PackageFolder => ("NUGET_PACKAGES", Path.Combine(_directory.FullName, "nuget"));

    private string Packed => Path.Combine(_directory.FullName, "packed");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Packing_gives_the_same_bytes_again_and_a_tool_that_installs()
    {
        await feed.PackAsync(Packed, PackageFolder);

        Assert.All(Directory.GetFiles(feed.Path, "*.nupkg"), first =>
            Assert.True(File.ReadAllBytes(first).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(Packed, Path.GetFileName(first)))), $"{Path.GetFileName(first)} differs."));
        string tools = Path.Combine(_directory.FullName, "tools");
        (await DotnetCommand.RunAsync(_directory.FullName, ["tool", "install", "Magsag.Cli", "--version", feed.Version, "--add-source", Packed, "--tool-path", tools], PackageFolder)).Succeeded();
        Assert.NotEmpty(Directory.GetFiles(tools, "magsag*"));
    }
}
