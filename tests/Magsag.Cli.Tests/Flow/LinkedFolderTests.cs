namespace Magsag.Cli.Tests.Flow;

/// <summary>Symbolic links in a runs directory count nothing twice.</summary>
public sealed class LinkedFolderTests
{
    [Theory]
    [InlineData(".runs/loop", ".")]
    [InlineData(".runs/up", "..")]
    [InlineData(".runs/costs/self", "../costs")]
    [InlineData(".runs/again", "costs")]
    [InlineData(".runs/costs/b.jsonl", "a.jsonl")]
    [InlineData(".runs/gone", "nowhere")]
    public async Task A_link_into_the_folder_or_around_it_counts_nothing_again(string link, string target)
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());
        Link(workspace, link, target);

        Assert.Contains("\"calls\": 1,", (await workspace.RunAsync("flow", "summarize", ".runs")).Succeeded());
        Assert.Contains("\"calls\": 1,", (await workspace.RunAsync("flow", "summarize")).Succeeded());
    }

    [Fact]
    public async Task A_link_to_a_folder_elsewhere_is_followed_once()
    {
        using Workspace workspace = Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());
        workspace.Record("elsewhere/b.jsonl", Calls.Triage("run-2"));
        Link(workspace, "elsewhere/around", "../elsewhere");
        Link(workspace, ".runs/one", "../elsewhere");
        Link(workspace, ".runs/two", "../elsewhere");

        Assert.Contains("\"calls\": 2,", (await workspace.RunAsync("flow", "summarize", ".runs")).Succeeded());
    }

    [Fact]
    public async Task A_runs_directory_that_is_a_link_is_read()
    {
        using Workspace workspace = Workspace.Recorded("elsewhere/costs/a.jsonl", Calls.Triage());
        Link(workspace, "elsewhere/loop", ".");
        Link(workspace, ".runs", "elsewhere");

        Assert.Contains("\"calls\": 1,", (await workspace.RunAsync("flow", "summarize", ".runs")).Succeeded());
    }

    private static void Link(Workspace workspace, string link, string target) =>
        Directory.CreateSymbolicLink(workspace.PathOf(link), target);
}
