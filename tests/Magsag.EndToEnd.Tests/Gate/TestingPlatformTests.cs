namespace Magsag.EndToEnd.Tests;

/// <summary><c>dotnet test</c> in the mode of Microsoft.Testing.Platform, where no build step runs after the tests.</summary>
public sealed class TestingPlatformTests(PackageFeed feed)
{
    private static readonly (string, string?) Dear = ("DESK_MODEL", "gpt-4o");

    [Fact]
    public async Task With_parts_of_Magsag_alone_every_build_says_that_the_gate_waits_to_be_asked()
    {
        using GatedProject project = GatedProject.CreateOnTestingPlatform(feed, withExtension: false);
        project.Edit("src/Desk/Desk.csproj", $"""<PackageReference Include="Magsag" Version="{feed.Version}" />""", $"""<PackageReference Include="Magsag.Runtime" Version="{feed.Version}" /><PackageReference Include="Magsag.Build.Tasks" Version="{feed.Version}" />""");

        (await project.BuildAsync()).Succeeded().Prints("warning MAG209").Prints("Magsag.TestingPlatform");
        (await project.RunSessionAsync([], Dear)).Succeeded();
        (await project.BuildAsync(["-p:MagsagCostGate=true"])).Succeeded().Prints("Magsag: 2 calls, ").Prints("warning MAG203").Prints("-p:MagsagCostGate=true -p:MagsagUpdateBaseline=true");
        (await project.BuildAsync(["-p:MagsagCostGate=true", "-p:MagsagUpdateBaseline=true"])).Succeeded().Prints("Magsag: baseline made: 2 calls");
    }

    [Fact]
    public async Task The_gate_fails_the_session_from_inside_the_test_host()
    {
        using GatedProject project = await feed.TestingPlatformProjects.BorrowAsync();

        File.Delete(project.Baseline);

        // Without a baseline nothing was compared, which isn't success: the gate shows as skipped, with the command that then works.
        CommandResult first = await project.RunSessionAsync([]);
        first.Succeeded().Prints("skipped Magsag cost gate").Prints("warning MAG203").Prints("-p:MagsagUpdateBaseline=true").DoesNotPrint("MAG209");
        (await project.RunSessionAsync(["--no-build", "--magsag-update-baseline"])).Succeeded();
        Assert.True(File.Exists(project.Baseline));

        (await project.RunSessionAsync(["--no-build", "--output", "Detailed"])).Succeeded().Prints("succeeded: 4").Prints("Desk.Tests.net10.0.md").Prints("passed Magsag cost gate");

        CommandResult dear = await project.RunSessionAsync(["--no-build"], Dear);
        dear.Failed().Prints("failed Magsag cost gate").Prints("error MAG200: ").Prints($"{project.Triage}({GatedProject.CallLine}): error MAG201: ").Prints("model gpt-4o-mini → gpt-4o");
        Assert.EndsWith("failed (MAG200, MAG201)", dear.Headline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_gate_needs_and_cannot_read_fails_the_session()
    {
        using GatedProject project = await feed.TestingPlatformProjects.BorrowAsync();

        File.WriteAllText(project.Baseline, "{\n  \"schema\": 1,\n<<<<<<< HEAD\n");
        (await project.RunSessionAsync(["--no-build"])).Failed().Prints("cost-baseline.json(3): error MAG205: ");
        (await project.RunSessionAsync(["-p:MagsagMaxCostIncrease=-5"])).Failed().Prints("error MAG205: MagsagMaxCostIncrease is '-5'; expected a percentage of 0 or more");
    }

    [Fact]
    public async Task Tests_that_stopped_recording_fail_the_session_and_failed_tests_are_not_judged()
    {
        using GatedProject project = await feed.TestingPlatformProjects.BorrowAsync();

        (await project.RunSessionAsync(["--no-build"], ("DESK_SILENT", "1"))).Failed().Prints("cost-baseline.json : error MAG204");
        (await project.RunSessionAsync(["--no-build", "--filter-method", "*A_bill_goes_to_billing"], ("DESK_SILENT", "1"))).Failed().Prints("error MAG204: No call was recorded, but the baseline expects 1 call of ");
        (await project.RunSessionAsync(["--no-build"], ("DESK_FAIL", "1"))).Failed().Prints("failed: 1").DoesNotPrint("failed Magsag cost gate");
    }

    [Fact]
    public async Task A_filtered_session_is_compared_with_its_own_tests_and_a_list_of_tests_with_nothing()
    {
        using GatedProject project = await feed.TestingPlatformProjects.BorrowAsync();

        (await project.RunSessionAsync(["--no-build", "--output", "Detailed", "--filter-method", "*A_bill_goes_to_billing"])).Succeeded()
            .Prints("Magsag: 1 call, $0.000153, baseline $0.000153 of the tests that ran (±0 %): passed");
        (await project.RunSessionAsync(["--no-build", "--list-tests"])).Succeeded().DoesNotPrint("Magsag cost gate");
    }

    [Fact]
    public async Task The_gate_can_be_switched_off()
    {
        using GatedProject project = await feed.TestingPlatformProjects.BorrowAsync();

        (await project.RunSessionAsync(["-p:MagsagCostGate=false"], Dear)).Succeeded().Prints("succeeded: 3").Prints("skipped Magsag cost gate").Prints("off, because MagsagCostGate is false");
    }

    [Fact]
    public async Task The_calls_of_a_host_that_was_killed_or_left_half_way_are_not_judged()
    {
        using GatedProject project = await feed.TestingPlatformProjects.BorrowAsync();
        ManyCallsTests.WriteTests(project);
        string[] many = ["--filter-method", "*Many_calls"];

        (await project.RunSessionAsync(many, ("DESK_KILL", "1"))).Failed();
        (await project.BuildAsync(["--no-restore", "-p:MagsagCostGate=true"])).Failed().Prints("error MAG205: ").Prints("2,501 calls of tests that were cut off");

        (await project.RunSessionAsync(["--no-build", .. many], ("DESK_EXIT", "1"))).DoesNotPrint("passed Magsag cost gate");
        (await project.BuildAsync(["--no-restore", "-p:MagsagCostGate=true"])).Failed().Prints("2,501 calls of tests that were cut off");

        (await project.RunSessionAsync(["--no-build", "--output", "Detailed", .. many])).Prints("Magsag: 5,001 calls, ");
        (await project.BuildAsync(["--no-restore", "-p:MagsagCostGate=true"])).DoesNotPrint("MAG205");
    }
}
