namespace Magsag.EndToEnd.Tests;

public sealed class ProjectShapeTests(PackageFeed feed)
{
    private static readonly (string, string?) Dear = ("DESK_MODEL", "gpt-4o");

    [Fact]
    public async Task Each_target_framework_has_its_own_baseline_and_verdict()
    {
        using GatedProject project = GatedProject.Create(feed);
        project.Edit("tests/Desk.Tests/Desk.Tests.csproj", "<IsTestProject>", "<TargetFramework></TargetFramework><TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks><EnableWindowsTargeting>true</EnableWindowsTargeting><DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads><IsTestProject>");

        (await project.TestAsync(["-p:MagsagUpdateBaseline=true"])).Succeeded();
        Assert.True(File.Exists(Path.Combine(project.TestProject, "cost-baseline.net10.0.json")));
        Assert.True(File.Exists(Path.Combine(project.TestProject, "cost-baseline.net10.0-windows.json")));

        CommandResult same = await project.TestAsync();
        same.Succeeded();
        Assert.Equal(2, same.Output.Split("Magsag: 2 calls, $0.000306, baseline $0.000306 (±0 %): passed").Length - 1);
        (await project.TestAsync(["--no-build"], Dear)).Failed().Prints("TargetFramework=net10.0]").Prints("TargetFramework=net10.0-windows]");
    }

    [Fact]
    public async Task Test_projects_of_a_solution_are_judged_each_by_its_own_costs()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        AddSecondTestProject(project);
        (await DotnetCommand.RunAsync(project.Root, ["new", "sln", "-n", "Desk", "--format", "sln"])).Succeeded();
        (await DotnetCommand.RunAsync(project.Root, ["sln", "Desk.sln", "add", "src/Desk", "tests/Desk.Tests", "tests/More.Tests"])).Succeeded();

        CommandResult all = await DotnetCommand.RunAsync(project.Root, ["test", "Desk.sln"]);

        all.Succeeded().Prints("Magsag: 2 calls, $0.000306, baseline $0.000306 (±0 %): passed").Prints("warning MAG203");
        (await DotnetCommand.RunAsync(project.Root, ["test", "Desk.sln", "--no-build"], Dear)).Failed().Prints("Desk.Tests.csproj]");
    }

    [Fact]
    public async Task A_test_project_that_calls_no_model_is_left_in_peace()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        File.Delete(project.Baseline);

        (await project.TestAsync(["--warnaserror"], ("DESK_SILENT", "1"))).Succeeded().Prints("Magsag: 0 calls, no baseline: nothing to judge");
    }

    [Fact]
    public async Task An_application_is_built_without_a_gate()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();

        (await DotnetCommand.RunAsync(project.Root, ["build", "src/Desk"])).Succeeded().DoesNotPrint("Magsag: ");
    }

    private static void AddSecondTestProject(GatedProject project)
    {
        foreach (string file in Directory.GetFiles(project.TestProject, "*.cs").Append(Path.Combine(project.TestProject, "Desk.Tests.csproj")))
        {
            project.Write("tests/More.Tests/" + Path.GetFileName(file).Replace("Desk.Tests.csproj", "More.Tests.csproj", StringComparison.Ordinal), File.ReadAllText(file));
        }
    }
}
