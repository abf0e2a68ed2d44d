namespace Magsag.EndToEnd.Tests;

public sealed class BuildTests(PackageFeed feed)
{
    private static readonly (string, string?) Dear = ("DESK_MODEL", "gpt-4o");

    [Fact]
    public async Task The_verdict_on_the_last_run_holds_in_every_build_of_its_binaries_until_the_tests_run_again()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();

        CommandResult dear = await project.TestAsync(null, Dear);
        dear.Failed().Prints("error MAG200").Prints($"{project.Triage}({GatedProject.CallLine}): error MAG201: ").Prints("model gpt-4o-mini → gpt-4o");
        Assert.EndsWith("failed (MAG200, MAG201)", dear.Headline, StringComparison.Ordinal);
        (await project.BuildAsync()).Failed().Prints("error MAG200").Prints($"Triage.cs({GatedProject.CallLine}): error MAG201: ");
        (await project.BuildAsync()).Failed().Prints("error MAG200");

        CommandResult same = await project.TestAsync();
        same.Succeeded();
        Assert.Equal("Magsag: 2 calls, $0.000306, baseline $0.000306 (±0 %): passed", same.Headline);
        (await project.BuildAsync()).Succeeded().Prints("(±0 %): passed");
        (await project.BuildAsync(["-v:n"])).Succeeded().Prints("(±0 %): passed").DoesNotPrint("Task \"CheckCosts\"");
    }

    [Fact]
    public async Task Changed_code_has_no_costs_yet_and_builds()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        (await project.TestAsync(null, Dear)).Failed();

        project.Edit("src/Desk/Triage.cs", "Classify this ticket: ", "Classify: ");

        (await project.BuildAsync()).Succeeded().Prints("message MAG206").DoesNotPrint("error MAG");
    }

    [Fact]
    public async Task A_ledger_that_was_deleted_is_noticed_by_an_unchanged_build()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        (await project.BuildAsync()).Succeeded().Prints("passed");

        Directory.Delete(Path.Combine(project.TestProject, ".runs"), recursive: true);

        (await project.BuildAsync()).Succeeded().Prints("message MAG206");
    }

    [Fact]
    public async Task The_gate_can_be_switched_off()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();

        (await project.TestAsync(["-p:MagsagCostGate=false"], Dear)).Succeeded().Prints("Magsag: the cost gate of Desk.Tests is off, because MagsagCostGate is false (a property of the project, of Directory.Build.props or of the command line): these costs aren't judged");
        (await project.TestAsync(["--no-build"], Dear, ("MagsagCostGate", "false"))).Succeeded().Prints("Magsag: the cost gate of Desk.Tests is off, because MagsagCostGate is false (an environment variable)");
        (await project.BuildAsync(["-p:MagsagCostGate=false"])).Succeeded().Prints("Magsag: the cost gate of Desk.Tests is off");
        (await project.TestAsync(["--no-build", "-p:MagsagCostGate=ture"])).Failed().Prints("error MAG205: MagsagCostGate is 'ture'; expected true or false.");
    }

    [Fact]
    public async Task A_multithreaded_build_gates_too()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        (await project.TestAsync(["-mt"], Dear)).Failed().Prints("error MAG200");

        (await project.BuildAsync(["-mt"])).Failed().Prints("error MAG200");
    }

    [Fact]
    public async Task Reused_build_nodes_see_new_costs()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        // Nodes of its own, which no other build on this machine takes, and which end with this test.
        (string, string?)[] reuse = [("MSBUILDDISABLENODEREUSE", "0"), ("MSBUILDNODEHANDSHAKESALT", Guid.NewGuid().ToString("N"))];
        try
        {
            (await project.TestAsync(["-nodeReuse:true"], reuse)).Succeeded();
            (await project.TestAsync(["-nodeReuse:true"], [.. reuse, Dear])).Failed().Prints("error MAG200");
            (await project.BuildAsync(["-nodeReuse:true"], reuse)).Failed().Prints("error MAG200");
        }
        finally
        {
            await DotnetCommand.RunAsync(project.Root, ["build-server", "shutdown", "--msbuild"], reuse);
        }
    }
}
