using Microsoft.Build.Utilities;

namespace Magsag.Build.Tasks.Tests;

public sealed class CheckCostsTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("magsag-task-");

    public void Dispose() => _directory.Delete(recursive: true);

    private string FullPath(string path) => Path.Combine(_directory.FullName, path);

    private (CheckCosts Task, RecordingBuildEngine Engine) Task(string project = "a")
    {
        var engine = new RecordingBuildEngine();
        return (new CheckCosts
        {
            BuildEngine = engine,
            ProjectFile = FullPath($"{project}/Desk.Tests.csproj"),
            RunsDirectory = FullPath($"{project}/.runs/"),
            SourceRoot = _directory.FullName,
            AssemblyName = "Desk.Tests",
            Framework = "net10.0",
            Assemblies = [new TaskItem(typeof(CheckCostsTests).Assembly.Location)],
            BaselineFile = FullPath($"{project}/cost-baseline.json"),
            TestsStarted = Start.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture),
        }, engine);
    }

    private void Record(string project, string model)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new LedgerLineWriter(buffer);
        string assembly = typeof(CheckCostsTests).Assembly.GetName().Name!;
        writer.Write(new LedgerSession { Id = Guid.NewGuid(), Timestamp = Start.AddSeconds(1), Assembly = "Desk.Tests", Framework = "net10.0", Modules = new Dictionary<string, Guid> { [assembly] = typeof(CheckCostsTests).Module.ModuleVersionId } });
        writer.Write(new LedgerRecord { Id = Guid.NewGuid(), Timestamp = Start.AddSeconds(2), Test = "Tests.A", Model = model, InputTokens = 1000, OutputTokens = 10, UsageSource = UsageSource.Reported, CostUsd = 0.001m, Site = "Triage.cs:7", Member = "Triage.Run" });
        Directory.CreateDirectory(FullPath($"{project}/.runs/costs"));
        File.WriteAllBytes(FullPath($"{project}/.runs/costs/one.jsonl"), buffer.WrittenSpan.ToArray());
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("twenty")]
    [InlineData("1,5")]
    public void A_threshold_that_is_no_percentage_fails_with_the_property_and_what_was_expected(string threshold)
    {
        (CheckCosts task, RecordingBuildEngine engine) = Task();
        task.MaxCostIncrease = threshold;

        Assert.False(task.Execute());

        Assert.Equal(("MAG205", task.ProjectFile, $"MagsagMaxCostIncrease is '{threshold}'; expected a percentage of 0 or more, such as 20."), (engine.Errors[0].Code, engine.Errors[0].File, engine.Errors[0].Message));
    }

    [Fact]
    public void What_a_missing_baseline_weighs_must_be_a_known_word()
    {
        (CheckCosts task, RecordingBuildEngine engine) = Task();
        task.MissingBaseline = "fatal";

        Assert.False(task.Execute());

        Assert.Contains("expected error, warning, message or none", Assert.Single(engine.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error", 1, 0)]
    [InlineData("warning", 0, 1)]
    [InlineData("none", 0, 0)]
    public void A_missing_baseline_weighs_what_the_project_says(string weight, int errors, int warnings)
    {
        Record("a", "gpt-4o-mini");
        (CheckCosts task, RecordingBuildEngine engine) = Task();
        task.MissingBaseline = weight;

        Assert.Equal(errors == 0, task.Execute());

        Assert.Equal((errors, warnings), (engine.Errors.Count(error => error.Code == "MAG203"), engine.Warnings.Count(warning => warning.Code == "MAG203")));
    }

    [Fact]
    public void An_error_points_at_the_full_path_of_the_call_site_when_the_file_is_there()
    {
        File.WriteAllText(FullPath("Triage.cs"), "");
        Record("a", "gpt-4o-mini");
        (CheckCosts accept, _) = Task();
        accept.UpdateBaseline = true;
        Assert.True(accept.Execute());
        Record("a", "gpt-4o");
        (CheckCosts task, RecordingBuildEngine engine) = Task();

        Assert.False(task.Execute());

        Assert.Contains(engine.Errors, error => (error.Code, error.File, error.LineNumber) == ("MAG201", FullPath("Triage.cs"), 7));
        Assert.All(engine.Errors, error => Assert.StartsWith("https://github.com/magsag/magsag/blob/main/docs/gate.md#mag20", error.HelpLink, StringComparison.Ordinal));
    }

    [Fact]
    public void A_verdict_that_passed_leaves_a_stamp_and_one_that_failed_takes_it_away()
    {
        Record("a", "gpt-4o-mini");
        (CheckCosts accept, _) = Task();
        accept.UpdateBaseline = true;
        accept.Execute();
        (CheckCosts passing, _) = Task();
        (passing.StampFile, passing.StampKey) = (FullPath("obj/stamp"), "KEY");
        Assert.True(passing.Execute());
        Assert.Equal("KEY", File.ReadLines(FullPath("obj/stamp")).First());

        Record("a", "gpt-4o");
        (CheckCosts failing, _) = Task();
        failing.StampFile = FullPath("obj/stamp");
        Assert.False(failing.Execute());

        Assert.False(File.Exists(FullPath("obj/stamp")));
    }

    [Fact]
    public async System.Threading.Tasks.Task Two_projects_may_be_judged_at_once_in_one_process()
    {
        foreach (string project in new[] { "a", "b" })
        {
            Record(project, "gpt-4o-mini");
            (CheckCosts accept, _) = Task(project);
            accept.UpdateBaseline = true;
            Assert.True(accept.Execute());
        }

        Record("b", "gpt-4o");
        bool[] passed = await System.Threading.Tasks.Task.WhenAll(Enumerable.Range(0, 16).Select(number => System.Threading.Tasks.Task.Run(() => Task(number % 2 == 0 ? "a" : "b").Task.Execute())));

        Assert.Equal(Enumerable.Range(0, 16).Select(number => number % 2 == 0), passed);
    }
}
