using System.Diagnostics;

namespace Magsag.EndToEnd.Tests;

/// <summary>The sample as a repository of its own: its packages are the packed ones, its tests have run, and the packed tool is installed.</summary>
public sealed class SupportDeskRun : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("magsag-desk-");
    private readonly string _tool;

    private SupportDeskRun(string tool) => _tool = tool;

    /// <summary>Where the sample's repository begins.</summary>
    public string Root => _directory.FullName;

    public static async Task<SupportDeskRun> CreateAsync(PackageFeed feed)
    {
        var run = new SupportDeskRun(await feed.ToolFolderAsync());
        run.WriteRepository(feed);
        (await DotnetCommand.RunAsync(run.Root, ["test", "samples/SupportDesk"])).Succeeded().Prints("(±0 %): passed");
        return run;
    }

    public void Dispose() => _directory.Delete(recursive: true);

    /// <summary>Runs <c>magsag</c> in the repository.</summary>
    internal async Task<CommandResult> MagsagAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(_tool, OperatingSystem.IsWindows() ? "magsag.exe" : "magsag"), arguments) { WorkingDirectory = Root, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandResult($"magsag {string.Join(' ', arguments)}", process.ExitCode, output);
    }

    private void WriteRepository(PackageFeed feed)
    {
        Directory.CreateDirectory(Path.Combine(Root, ".git"));
        string sample = Path.Combine(Repository.Root, "samples", "SupportDesk");
        foreach (string file in Directory.GetFiles(sample, "*", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(Repository.Root, file);
            if (!relative.Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj" or ".runs" or "TestResults" or "Directory.Build.props" or "Directory.Build.targets"))
            {
                string copy = Path.Combine(Root, relative);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }

        File.WriteAllText(Path.Combine(Root, "Directory.Build.props"), $"""
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
                <EnableNETAnalyzers>false</EnableNETAnalyzers>
                <RestoreAdditionalProjectSources>{feed.Path}</RestoreAdditionalProjectSources>
              </PropertyGroup>
            </Project>
            """);
        string versions = File.ReadAllText(Path.Combine(Repository.Root, "Directory.Packages.props"));
        File.WriteAllText(Path.Combine(Root, "Directory.Packages.props"), versions.Replace("</Project>", $"""
              <ItemGroup>
                <PackageVersion Include="Magsag" Version="{feed.Version}" />
              </ItemGroup>
            </Project>
            """, StringComparison.Ordinal));
    }
}
