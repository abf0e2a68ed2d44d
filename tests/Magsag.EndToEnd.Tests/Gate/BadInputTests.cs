namespace Magsag.EndToEnd.Tests;

/// <summary>What the gate can't read or doesn't know: each has a code, a file, a line where there is one, and a remedy.</summary>
public sealed class BadInputTests(PackageFeed feed)
{
    [Fact]
    public async Task A_runs_directory_that_cannot_be_written_fails_and_does_not_break_the_tests()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        Directory.Delete(Path.Combine(project.TestProject, ".runs"), recursive: true);
        File.WriteAllText(Path.Combine(project.TestProject, ".runs"), "");

        (await project.TestAsync(["--no-build"])).Failed().Prints("error MAG205").DoesNotPrint("Failed!");
    }

    [Fact]
    public async Task A_ledger_whose_last_line_broke_off_is_judged_without_it_and_says_so()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        File.AppendAllText(project.LastLedger, "{\"v\":1,\"id\":\"0197");

        (await project.BuildAsync()).Succeeded().Prints("Magsag: 2 calls, ").Prints("1 torn line");
    }

    [Fact]
    public async Task A_model_without_a_price_fails_because_its_cost_is_unknown_and_not_zero()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();

        (await project.TestAsync(["--no-build"], ("DESK_MODEL", "gpt-unheard-of"))).Failed().Prints("error MAG208: ").Prints("gpt-unheard-of").Prints("at least");
    }

    [Fact]
    public async Task All_that_cannot_be_read_fails_with_file_line_and_remedy_in_one_build()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        (string Properties, string Says)[] cases = [.. BadFiles(project), .. BadRecordings(project), .. BadSettings()];
        project.Write("cases.proj", $"""
            <Project>
              <ItemGroup>
                {string.Join("\n    ", cases.Select((bad, number) => $"""<Case Include="{number}" Set="{bad.Properties}" />"""))}
              </ItemGroup>
              <Target Name="Judge">
                <MSBuild Projects="tests/Desk.Tests/Desk.Tests.csproj" Targets="_MagsagGateAfterBuild" Properties="Case=%(Case.Identity);%(Case.Set)" ContinueOnError="ErrorAndContinue" />
              </Target>
            </Project>
            """);

        CommandResult result = await DotnetCommand.RunAsync(project.Root, ["msbuild", "cases.proj", "-nologo", "-v:m"]);

        Assert.All(cases, bad => result.Failed().Prints(bad.Says));
        Assert.True(result.Output.Split('\n').Count(static line => line.Contains(": error MAG205: ", StringComparison.Ordinal)) >= cases.Length, result.Output);
        result.DoesNotPrint("MSB4018").DoesNotPrint("   at Magsag.");
    }

    private static IEnumerable<(string Properties, string Says)> BadFiles(GatedProject project)
    {
        const string Entry = """{"test":"Desk.Tests.TriageTests.A","calls":1,"input_tokens":1000,"output_tokens":5,"cost_usd":0.1}""";
        (string Name, string Content, string Says)[] baselines =
        [
            ("merge.json", "{\n  \"schema\": 1,\n<<<<<<< HEAD\n", "merge.json(3): error MAG205: "),
            ("twice.json", $"{{\n  \"schema\": 1,\n  \"entries\": [\n{Entry},\n{Entry}\n]\n}}\n", "twice.json(5): error MAG205: "),
            ("version.json", "{\n  \"schema\": 99,\n  \"entries\": []\n}\n", "version.json(2): error MAG205: "),
            ("huge.json", $"{{\n  \"schema\": 1,\n  \"entries\": [\n{Entry.Replace("1000", "9223372036854775807", StringComparison.Ordinal)}\n]\n}}\n", "huge.json(4): error MAG205: "),
            ("half.json", "{\n  \"schema\": 1,\n  \"entries\": [\n{\"test\":\"a\\ud800\"}\n]\n}\n", "half.json(4): error MAG205: "),
        ];
        (string Name, string Content, string Property, string Says)[] files =
        [
            .. baselines.Select(static file => (file.Name, file.Content, "MagsagBaselineFile", file.Says)),
            ("zone.yaml", "time_zone: Europe\n", "MagsagPolicyFile", "zone.yaml(1,12): error MAG205: The time zone 'Europe' isn't known"),
            ("typo.yaml", "polices: []\n", "MagsagPolicyFile", "typo.yaml(1,1): error MAG205: "),
            ("period.yaml", "version: 1\nmodels:\n  - provider: openai\n    model: m\n    prices:\n      - input: 1\n      - from: 2026-12-01\n", "MagsagPricesFile", "period.yaml(7,9): error MAG205: "),
        ];
        foreach ((string name, string content, string property, string says) in files)
        {
            project.Write($"tests/Desk.Tests/bad/{name}", content);

            // As a property of the whole build it also reaches the referenced project, whose folder is another one.
            yield return ($"{property}={Path.Combine(project.TestProject, "bad", name)}", says);
        }

        yield return ("MagsagPolicyFile=bad/none.yaml", "none.yaml : error MAG205: ");
        if (!OperatingSystem.IsWindows())
        {
            using var mkfifo = System.Diagnostics.Process.Start("mkfifo", Path.Combine(project.TestProject, "bad", "pipe.json"));
            mkfifo.WaitForExit();
            yield return ("MagsagBaselineFile=bad/pipe.json", "pipe.json : error MAG205: The file can't be opened: The path is a pipe, a socket or a device; expected a file.");
        }
    }

    private static IEnumerable<(string Properties, string Says)> BadRecordings(GatedProject project)
    {
        (string Name, Action<string, string> Break, string Says)[] recordings =
        [
            ("garbage", static (ledger, _) => File.AppendAllText(ledger, "no record\n"), "(4): error MAG205: "),
            ("cut", static (ledger, _) => File.WriteAllLines(ledger, File.ReadAllLines(ledger)[..^1]), "recorded 2 calls, of which 1 arrived"),
            ("copied", static (ledger, _) => File.WriteAllLines(ledger, [.. File.ReadAllLines(ledger), File.ReadAllLines(ledger)[^1]]), "recorded 2 calls, but its ledger has 3"),
            ("uncounted", static (_, counts) => File.Delete(counts), "counted its calls in a file that is missing"),
            ("miscounted", static (_, counts) => File.WriteAllText(counts, "{\"v\":1,\"recorded\":"), ".calls.json(1): error MAG205: "),
        ];
        foreach ((string name, Action<string, string> damage, string says) in recordings)
        {
            string folder = Path.Combine(project.TestProject, "bad", name, "costs");
            Directory.CreateDirectory(folder);
            string counts = Directory.GetFiles(Path.GetDirectoryName(project.LastLedger)!, "*.calls.json").MaxBy(File.GetLastWriteTimeUtc)!;
            foreach (string file in (string[])[project.LastLedger, counts])
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }

            damage(Path.Combine(folder, Path.GetFileName(project.LastLedger)), Path.Combine(folder, Path.GetFileName(counts)));
            yield return ($"MagsagRunsDirectory=bad/{name}", says);
        }

        project.Write("tests/Desk.Tests/bad/file", "");
        yield return ("MagsagRunsDirectory=bad/file", "Expected the runs directory, found a file.");
    }

    private static IEnumerable<(string Properties, string Says)> BadSettings() =>
    [
        ("MagsagMaxCostIncrease=-5", "error MAG205: MagsagMaxCostIncrease is '-5'; expected a percentage of 0 or more"),
        ("MagsagMinCostIncreaseUsd=few", "error MAG205: MagsagMinCostIncreaseUsd is 'few'"),
        ("MagsagMissingBaseline=fatal", "error MAG205: MagsagMissingBaseline is 'fatal'"),
    ];
}
