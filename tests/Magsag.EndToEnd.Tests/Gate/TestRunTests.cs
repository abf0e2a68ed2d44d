namespace Magsag.EndToEnd.Tests;

public sealed class TestRunTests(PackageFeed feed)
{
    private static readonly (string, string?) Dear = ("DESK_MODEL", "gpt-4o");

    [Fact]
    public async Task Without_a_baseline_the_run_passes_with_a_warning_that_names_the_command_which_then_works()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        File.Delete(project.Baseline);

        CommandResult first = await project.TestAsync();
        first.Succeeded().Prints("warning MAG203").Prints("-p:MagsagUpdateBaseline=true");
        string command = first.Output.Split("commit the file: ")[1].Split('\n')[0].Split(" [")[0].Trim();
        Assert.StartsWith("dotnet ", command, StringComparison.Ordinal);

        string[] arguments = [.. command["dotnet ".Length..].Split('"', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Trim())];
        (await DotnetCommand.RunAsync(project.Root, arguments)).Succeeded();
        Assert.True(File.Exists(project.Baseline));
        (await project.TestAsync(["--no-build"])).Succeeded().Prints("(±0 %): passed");
    }

    [Fact]
    public async Task A_run_without_a_build_is_judged_just_the_same()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();

        (await project.TestAsync(["--no-build"], Dear)).Failed().Prints("error MAG200");
    }

    [Fact]
    public async Task Failing_tests_fail_the_run_whatever_the_costs()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();

        (await project.TestAsync(["--no-build"], ("DESK_FAIL", "1"))).Failed().Prints("Failed!");
    }

    [Fact]
    public async Task Tests_that_stopped_recording_fail()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();

        (await project.TestAsync(["--no-build"], ("DESK_SILENT", "1"))).Failed().Prints("cost-baseline.json : error MAG204");
    }

    [Fact]
    public async Task A_filtered_run_is_compared_with_its_own_tests_only()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();

        CommandResult result = await project.TestAsync(["--no-build", "--filter", "A_bill_goes_to_billing"]);

        result.Succeeded();
        Assert.Equal("Magsag: 1 call, $0.000153, baseline $0.000153 of the tests that ran (±0 %): passed", result.Headline);
    }

    [Theory]
    [InlineData("FullyQualifiedName~A_bill_goes_to_billing", false, "error MAG204: No call was recorded, but the baseline expects 1 call of ")]
    [InlineData("DisplayName~bill", true, "warning MAG204: No call was recorded, so nothing was judged")]
    public async Task Filtered_tests_that_stopped_recording_do_not_pass_in_silence(string filter, bool passes, string says)
    {
        using GatedProject project = await feed.Projects.BorrowAsync();

        CommandResult result = await project.TestAsync(["--no-build", "--filter", filter], ("DESK_SILENT", "1"));

        (passes ? result.Succeeded() : result.Failed()).Prints(says);
    }

    [Fact]
    public async Task A_filter_that_leaves_only_tests_without_calls_passes()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();

        (await project.TestAsync(["--no-build", "--filter", "Fails_on_demand"])).Succeeded().Prints("message MAG204: No call was recorded and nothing was judged").Prints("Magsag: 0 calls of the tests that ran: not judged (MAG204)");
    }

    [Fact]
    public async Task Listing_tests_judges_nothing()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();

        (await project.TestAsync(["--no-build", "--list-tests"])).Succeeded().DoesNotPrint("Magsag: ");
    }

    [Fact]
    public async Task A_deployment_is_recorded_and_judged_by_the_prices_file_at_the_root()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        project.Write("magsag.prices.yaml", "version: 1\ndeployments:\n  support-prod: gpt-4o-mini\n");

        CommandResult result = await project.TestAsync(null, ("DESK_MODEL", "support-prod"));

        result.Succeeded().Prints("(±0 %): passed").DoesNotPrint("MAG208");
    }

    [Fact]
    public async Task A_policy_limit_that_is_exceeded_fails_with_the_line_of_the_limit()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        project.Write("catalog/policies/cost_governance.yaml", "policies:\n  - name: cost_alerts\n    thresholds:\n      error_cost_per_run_usd: 0.0001\n");

        (await project.TestAsync(["--no-build"])).Failed().Prints("cost_governance.yaml(4,7): error MAG202: ");
    }

    // Turkish writes a comma into decimals and another letter for an upper-case i.
    [Fact]
    public async Task Figures_and_codes_are_the_same_in_every_culture()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();

        CommandResult result = await project.TestAsync(["--no-build"], ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8"));

        result.Succeeded();
        Assert.Equal("Magsag: 2 calls, $0.000306, baseline $0.000306 (±0 %): passed", result.Headline);
    }

    [Fact]
    public async Task A_path_with_spaces_and_other_letters_is_no_obstacle()
    {
        using GatedProject pooled = await feed.Projects.BorrowAsync();
        using GatedProject project = pooled.Copy("Ünser Pult ž");

        (await project.TestAsync()).Succeeded().Prints("(±0 %): passed");
        (await project.TestAsync(null, Dear)).Failed().Prints($"Triage.cs({GatedProject.CallLine}): error MAG201: ");
    }
}
