using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Magsag.Build.Tasks.Tests;

public sealed class DescribeSourcesTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("magsag-sources-");

    public void Dispose() => _directory.Delete(recursive: true);

    private string Describe(string extension, Action<DescribeSources> configure)
    {
        string file = Path.Combine(_directory.FullName, "obj", "Magsag.Sources.g" + extension);
        var task = new DescribeSources { BuildEngine = new RecordingBuildEngine(), SourceRoot = "/repo/", OutputFile = file };
        configure(task);
        Assert.True(task.Execute());
        return File.ReadAllText(file);
    }

    [Theory]
    [InlineData(".cs", "[assembly: global::System.Reflection.AssemblyMetadataAttribute(\"Magsag.Sources\", \"/app/>\")]\n")]
    [InlineData(".vb", "<Assembly: Global.System.Reflection.AssemblyMetadataAttribute(\"Magsag.Sources\", \"/app/>\")>\n")]
    [InlineData(".fs", "namespace FSharp\n[<assembly: global.System.Reflection.AssemblyMetadataAttribute(\"Magsag.Sources\", \"/app/>\")>]\ndo()\n")]
    public void The_folder_that_stands_for_the_source_root_is_written_in_the_projects_language(string extension, string expected) =>
        Assert.EndsWith(expected, Describe(extension, static task => task.PathMap = "/repo=/app"), StringComparison.Ordinal);

    [Fact]
    public void What_a_deterministic_build_maps_goes_before_the_PathMap()
    {
        var root = new TaskItem("/repo/", new Dictionary<string, string> { ["MappedPath"] = "/_/" });
        var module = new TaskItem("/repo/libs/acme/", new Dictionary<string, string> { ["MappedPath"] = "/_1/" });

        Assert.Contains("\"/_/>|/_1/>libs/acme/|", Describe(".cs", task => (task.MappedRoots, task.PathMap) = ((ITaskItem[])[root, module], "/repo=/app")), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrappers_are_those_of_the_settings_and_of_the_editorconfig()
    {
        string config = Path.Combine(_directory.FullName, ".editorconfig");
        File.WriteAllText(config, "[*.cs]\nmagsag.cost_methods = Acme.Bot.AskAsync, Acme.Summaries.*\n");

        Assert.Contains("(\"Magsag.CostMethods\", \"Acme.Bot.AskAsync,Acme.Retry.RunAsync,Acme.Summaries.*\")", Describe(".cs", task => (task.EditorConfigFiles, task.CostMethods) = ((ITaskItem[])[new TaskItem(config)], "Acme.Retry.RunAsync")), StringComparison.Ordinal);
    }
}
