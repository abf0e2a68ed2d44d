using Magsag.Ledger.Sites;

namespace Magsag.Runtime.Tests;

public sealed class SourcePathTests
{
    private const string Source = "namespace Desk; public static class Start { public static System.Threading.Tasks.Task RunAsync(System.Action probe) { probe(); return System.Threading.Tasks.Task.CompletedTask; } }";

    [Theory]
    [InlineData("/repo", "/repo/src/Triage.cs", "src/Triage.cs")]
    [InlineData("/repo", "/_/src/Triage.cs", "src/Triage.cs")]
    [InlineData("/repo", "/_2/src/Triage.cs", "src/Triage.cs")]
    [InlineData("/repo", "/_work/src/Triage.cs", "Triage.cs")]
    [InlineData("/repo", "/elsewhere/Triage.cs", "Triage.cs")]
    [InlineData(null, "/elsewhere/Triage.cs", "Triage.cs")]
    public void A_path_of_an_assembly_whose_build_told_nothing_is_told_below_the_source_root_or_by_its_name(string? root, string path, string expected) =>
        Assert.Equal(expected, SourcePath.Below(root, path));

    [Theory]
    [InlineData("/home/ann/desk", "", "/home/ann/desk/src/Desk.cs")]
    [InlineData("/build/7", "/build/7=/app", "/app/src/Desk.cs")]
    [InlineData("/build/7", "/build=/_", "/_/7/src/Desk.cs")]
    [InlineData(@"C:\desk", @"C:\desk\=/_/", @"/_/src\Desk.cs")]
    public async Task A_call_site_is_named_below_the_source_root_that_the_build_told_wherever_that_is(string root, string pathMap, string written)
    {
        string map = SourceMap.Create(root, SourceMap.ReplacementsIn(pathMap)).ToString();

        IReadOnlyList<CallSite?> sites = await CompiledSource.RunAsync(written, Source, isOptimised: false, $"[assembly: System.Reflection.AssemblyMetadata(\"{SourceMap.MetadataKey}\", \"{map}\")]");

        Assert.Equal("src/Desk.cs:1", Assert.Single(sites)!.Location);
    }

    [Fact]
    public void A_submodule_that_a_deterministic_build_maps_apart_is_named_below_the_source_root()
    {
        SourceMap map = SourceMap.Parse(SourceMap.Create("/repo", SourceMap.ReplacementsIn("/repo/=/_/,/repo/libs/acme/=/_1/")).ToString());

        Assert.Equal(("src/Triage.cs", "libs/acme/src/Bot.cs"), (map.Below("/_/src/Triage.cs"), map.Below("/_1/src/Bot.cs")));
    }

    [Fact]
    public void No_path_of_a_machine_stands_in_the_map() =>
        Assert.DoesNotContain("ann", SourceMap.Create("/home/ann/desk", []).ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_file_outside_the_source_root_is_in_no_map() =>
        Assert.Null(SourceMap.Create("/home/ann/desk", []).Below("/home/ann/shared/Retry.cs"));
}
