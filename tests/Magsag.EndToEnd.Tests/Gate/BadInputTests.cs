namespace Magsag.EndToEnd.Tests;

/// <summary>What the gate can't read or doesn't know: each has a code, a file, a line where there is one, and a remedy.</summary>
public sealed class BadInputTests(PackageFeed feed)
{
    [Fact]
    public async Task A_corrupt_baseline_fails_with_its_file_and_line()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        File.WriteAllText(project.Baseline, "{\n  \"schema\": 1,\n<<<<<<< HEAD\n");

        (await project.TestAsync(["--no-build"])).Failed().Prints("cost-baseline.json(3): error MAG205: ");
    }

    [Fact]
    public async Task A_negative_threshold_fails_with_the_property_and_what_it_takes()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();

        (await project.TestAsync(["--no-build", "-p:MagsagMaxCostIncrease=-5"])).Failed().Prints("error MAG205: MagsagMaxCostIncrease is '-5'; expected a percentage of 0 or more");
    }

    [Fact]
    public async Task A_runs_directory_that_cannot_be_written_fails_and_does_not_break_the_tests()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        Directory.Delete(Path.Combine(project.TestProject, ".runs"), recursive: true);
        File.WriteAllText(Path.Combine(project.TestProject, ".runs"), "");

        (await project.TestAsync(["--no-build"])).Failed().Prints("error MAG205").DoesNotPrint("Failed!");
    }

    [Fact]
    public async Task A_baseline_of_another_version_fails_with_the_versions_that_are_read()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        project.Edit("tests/Desk.Tests/cost-baseline.json", "\"schema\": 1", "\"schema\": 99");

        (await project.TestAsync(["--no-build"])).Failed().Prints("cost-baseline.json(2): error MAG205: ").Prints("99");
    }

    [Fact]
    public async Task A_ledger_whose_last_line_broke_off_is_judged_without_it_and_says_so()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        (await project.TestAsync()).Succeeded();
        File.AppendAllText(project.LastLedger, "{\"v\":1,\"id\":\"0197");

        (await project.BuildAsync()).Succeeded().Prints("Magsag: 2 calls, ").Prints("1 torn line");
    }

    [Fact]
    public async Task A_ledger_with_a_line_that_is_none_fails_with_its_file_and_line()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        (await project.TestAsync()).Succeeded();
        File.AppendAllText(project.LastLedger, "no record\n");

        (await project.BuildAsync()).Failed().Prints($"{Path.GetFileName(project.LastLedger)}(4): error MAG205: ");
    }

    [Fact]
    public async Task A_model_without_a_price_fails_because_its_cost_is_unknown_and_not_zero()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();

        (await project.TestAsync(["--no-build"], ("DESK_MODEL", "gpt-unheard-of"))).Failed().Prints("error MAG208: ").Prints("gpt-unheard-of").Prints("at least");
    }
}
