namespace Magsag.EndToEnd.Tests;

/// <summary>Checkouts that aren't clones, and runs that aren't <c>dotnet test</c> of all tests.</summary>
public sealed class OddCheckoutTests(PackageFeed feed)
{
    [Fact]
    public async Task A_source_archive_that_is_built_with_a_path_map_has_the_call_sites_of_a_clone()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        Directory.Delete(Path.Combine(project.Root, ".git"), recursive: true);

        CommandResult result = await project.TestAsync(["--no-restore", $"-p:PathMap={project.Root}=/app"], ("DESK_MODEL", "gpt-4o"));

        result.Failed().Prints($"{project.Triage}({GatedProject.CallLine}): error MAG201: ").DoesNotPrint("MAG217");
        Assert.DoesNotContain(project.Root, File.ReadAllText(project.LastLedger), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_source_root_of_a_worktree_inside_another_repository_is_its_own()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        project.Write("trees/fix/.git", "gitdir: ../../.git/worktrees/fix\n");
        Folder.Copy(Path.Combine(project.Root, "src"), Path.Combine(project.Root, "trees", "fix", "src"));

        CommandResult result = await DotnetCommand.RunAsync(project.Root, ["msbuild", "trees/fix/src/Desk/Desk.csproj", "-getProperty:MagsagSourceRoot"], []);

        Assert.EndsWith(Path.Combine("trees", "fix"), result.Succeeded().Output.Trim().TrimEnd('/'), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_test_that_an_editor_runs_is_compared_alone_and_an_update_keeps_the_others()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        string assembly = Path.Combine(project.TestProject, "bin", "Debug", "net10.0", "Desk.Tests.dll");

        (await DotnetCommand.RunAsync(project.Root, ["vstest", assembly, "--Tests:A_bill_goes_to_billing"], [])).Succeeded();

        (await project.BuildAsync(["--no-restore"])).Succeeded().Prints("Magsag: 1 call, $0.000153, baseline $0.000153 of the tests that ran (±0 %): passed");
        (await project.BuildAsync(["--no-restore", "-p:MagsagUpdateBaseline=true"])).Succeeded().Prints("baseline updated: 2 calls");
    }
}
