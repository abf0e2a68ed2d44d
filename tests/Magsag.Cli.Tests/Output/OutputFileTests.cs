namespace Magsag.Cli.Tests.Output;

/// <summary>Where <c>--output</c> may and may not write.</summary>
public sealed class OutputFileTests
{
    [Fact]
    public async Task A_missing_folder_is_made()
    {
        using Workspace workspace = Recorded();

        await workspace.RunAsync("flow", "summarize", "-o", "out/summary.json");

        Assert.True(File.Exists(workspace.PathOf("out/summary.json")));
    }

    [Theory]
    [InlineData("flow", "summarize", "-o", "taken")]
    [InlineData("baseline", "accept", "--baseline", "taken")]
    public async Task A_folder_in_the_way_is_named(params string[] command)
    {
        using Workspace workspace = Recorded();
        Directory.CreateDirectory(workspace.PathOf("taken"));

        Assert.Equal("magsag: taken is a folder; expected the name of a file to write.", (await workspace.RunAsync(command)).Refused(2));
    }

    [Fact]
    public async Task A_file_in_the_place_of_the_folder_is_named()
    {
        using Workspace workspace = Recorded();
        workspace.Write("taken", "mine");

        Assert.StartsWith("magsag: taken/summary.json can't be written: ", (await workspace.RunAsync("flow", "summarize", "-o", "taken/summary.json")).Refused(2), StringComparison.Ordinal);
        Assert.Equal("mine", workspace.Read("taken"));
    }

    [Fact]
    public async Task A_link_stays_and_its_target_is_written()
    {
        using Workspace workspace = Recorded();
        workspace.Write("shared/summary.json", "old");
        File.CreateSymbolicLink(workspace.PathOf("summary.json"), workspace.PathOf("shared/summary.json"));

        await workspace.RunAsync("flow", "summarize", "-o", "summary.json");

        Assert.NotNull(new FileInfo(workspace.PathOf("summary.json")).LinkTarget);
        Assert.Contains("\"calls\": 1", workspace.Read("shared/summary.json"));
    }

    [Fact]
    public async Task A_device_is_written_into_and_never_replaced()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using Workspace workspace = Recorded();

        ToolResult written = await workspace.RunAsync("flow", "summarize", "-o", "/dev/null");

        Assert.Equal(0, written.ExitCode);
        Assert.Equal(0, new FileInfo("/dev/null").Length);
    }

    private static Workspace Recorded() => Workspace.Recorded(".runs/costs/a.jsonl", Calls.Triage());
}
