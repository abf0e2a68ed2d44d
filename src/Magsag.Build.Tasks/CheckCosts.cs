using System.Globalization;
using Magsag.Gating.Baselines;
using Magsag.Gating.Findings;
using Magsag.Gating.Verdicts;
using Magsag.Ledger.Files;
using Magsag.Ledger.Sessions;
using Magsag.Yaml;
using Microsoft.Build.Framework;
using MSBuildTask = Microsoft.Build.Utilities.Task;

namespace Magsag.Build.Tasks;

/// <summary>Judges the costs that a test project recorded, and fails the build when the gate fails.</summary>
[MSBuildMultiThreadableTask]
public sealed class CheckCosts : MSBuildTask
{
    private const string HelpRoot = "https://github.com/magsag/magsag/blob/main/docs/gate.md#";

    /// <summary>The project, for findings that point nowhere else.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The runs directory, as a full path.</summary>
    [Required]
    public string RunsDirectory { get; set; } = "";

    /// <summary>The directory that recorded call sites are relative to, as a full path.</summary>
    [Required]
    public string SourceRoot { get; set; } = "";

    /// <summary>The test assembly's name.</summary>
    [Required]
    public string AssemblyName { get; set; } = "";

    /// <summary>The target framework.</summary>
    public string Framework { get; set; } = "";

    /// <summary>The assemblies under test, as full paths.</summary>
    public ITaskItem[] Assemblies { get; set; } = [];

    /// <summary>The baseline file, as a full path.</summary>
    [Required]
    public string BaselineFile { get; set; } = "";

    /// <summary>The policy file, as a full path; empty for none.</summary>
    public string PolicyFile { get; set; } = "";

    /// <summary>The file of own prices, as a full path; empty for none.</summary>
    public string PricesFile { get; set; } = "";

    /// <summary>When the tests were started, in ticks of UTC; empty when no tests ran.</summary>
    public string TestsStarted { get; set; } = "";

    /// <summary>The test run, as its hosts were told; empty when no tests ran.</summary>
    public string TestRun { get; set; } = "";

    /// <summary>By how many percent a cost may rise.</summary>
    public string MaxCostIncrease { get; set; } = "";

    /// <summary>Rises of no more than this many US dollars aren't reported.</summary>
    public string MinCostIncreaseUsd { get; set; } = "";

    /// <summary>How much a missing baseline weighs: <c>error</c>, <c>warning</c>, <c>message</c> or <c>none</c>.</summary>
    public string MissingBaseline { get; set; } = "";

    /// <summary>How much it weighs that nothing in code with an SDK records its calls: <c>error</c>, <c>warning</c>, <c>message</c> or <c>none</c>.</summary>
    public string MissingRecording { get; set; } = "";

    /// <summary>True to accept the recorded costs as the new baseline.</summary>
    public bool UpdateBaseline { get; set; }

    /// <summary>The command that accepts the recorded costs; empty for the one of <c>dotnet test</c>.</summary>
    public string UpdateCommand { get; set; } = "";

    /// <summary>The filter that chose the tests that ran; empty for none.</summary>
    public string TestFilter { get; set; } = "";

    /// <summary>The <c>.runsettings</c> file of the tests, as a full path, which may have a filter; empty for none.</summary>
    public string RunSettingsFile { get; set; } = "";

    /// <summary>The settings that the tests were given on the command line, which may have a filter.</summary>
    public string RunSettings { get; set; } = "";

    /// <summary>Where the verdict is written to, as a full path without extension; empty for nowhere.</summary>
    public string VerdictFile { get; set; } = "";

    /// <summary>The stamp that lets an unchanged build repeat the verdict without running this task; empty for none.</summary>
    public string StampFile { get; set; } = "";

    /// <summary>What the verdict depends on, as a hash.</summary>
    public string StampKey { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        EndTests();
        if (ReadSettings() is not { } settings)
        {
            DeleteStamp();
            return false;
        }

        Verdict verdict = ProjectGate.Run(new ProjectGateRequest
        {
            RunsDirectory = RunsDirectory,
            Assembly = AssemblyName,
            Framework = Framework.Length == 0 ? null : Framework,
            Modules = ReadModules(),
            AssemblyPaths = [.. Assemblies.Select(static assembly => assembly.ItemSpec)],
            TestsStarted = ReadTestsStarted(),
            TestRun = TestRun.Length == 0 ? null : TestRun,
            BaselinePath = BaselineFile,
            PolicyPath = PolicyFile.Length == 0 ? null : PolicyFile,
            PricesPath = PricesFile.Length == 0 ? null : PricesFile,
            UpdateBaseline = UpdateBaseline,
            Settings = settings,
        });
        WriteVerdict(verdict);
        Report(verdict);
        return !Log.HasLoggedErrors;
    }

    // The target runs after tests only when all of them passed.
    private void EndTests()
    {
        if (TestsStarted.Length == 0)
        {
            return;
        }

        try
        {
            UnfinishedTests.End(RunsDirectory, AssemblyName, Framework, TestRun.Length == 0 ? null : TestRun);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.LogMessage(MessageImportance.Low, "{0}", $"The mark of tests that run can't be deleted, so the next build asks for them to be run again: {error.Message}");
        }
    }

    private GateSettings? ReadSettings()
    {
        string? filter = ChosenTests.FilterOf(TestFilter, RunSettings, RunSettingsFile);
        try
        {
            return GateSettingsReader.Read(ProjectFile, MaxCostIncrease, MinCostIncreaseUsd, MissingBaseline, MissingRecording) with
            {
                PartialRun = filter is not null,
                TestFilter = filter,
                UpdateCommand = UpdateCommand.Length > 0 ? UpdateCommand : $"dotnet test \"{ProjectFile}\" -p:MagsagUpdateBaseline=true",
            };
        }
        catch (UnreadableInputException error)
        {
            Log.LogError(null, GateCode.Unreadable, null, HelpRoot + "mag205", error.File, 0, 0, 0, 0, "{0}", error.Message);
            return null;
        }
    }

    private Dictionary<string, Guid> ReadModules()
    {
        var modules = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (ITaskItem assembly in Assemblies)
        {
            if (ModuleVersion.Read(assembly.ItemSpec) is { } version)
            {
                modules[Path.GetFileNameWithoutExtension(assembly.ItemSpec)] = version;
            }
        }

        return modules;
    }

    private DateTimeOffset? ReadTestsStarted() =>
        long.TryParse(TestsStarted, NumberStyles.None, CultureInfo.InvariantCulture, out long ticks) ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    private void WriteVerdict(Verdict verdict)
    {
        if (VerdictFile.Length == 0)
        {
            return;
        }

        try
        {
            Gating.Verdicts.VerdictFile.WriteJson(VerdictFile + ".json", verdict);
            Gating.Verdicts.VerdictFile.WriteMarkdown(VerdictFile + ".md", verdict);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.LogWarning(null, GateCode.Unreadable, null, HelpRoot + "mag205", RunsDirectory, 0, 0, 0, 0, "{0}", $"The verdict can't be written to {VerdictFile}.json: {error.Message} Make the runs directory writable, or set MagsagRunsDirectory to another one.");
        }
    }

    private void Report(Verdict verdict)
    {
        foreach (Finding finding in verdict.Findings)
        {
            Report(finding);
        }

        Log.LogMessage(MessageImportance.High, "{0}", PlainText.OneLine(verdict.Headline));
        if (verdict.Status == "passed")
        {
            WriteStamp(verdict);
        }
        else
        {
            DeleteStamp();
        }
    }

    private void Report(Finding finding)
    {
        string file = PlainText.Escape(finding.FileBelow(SourceRoot) ?? ProjectFile);
        string text = PlainText.OneLine(finding.Text);
        string help = HelpRoot + finding.Code.ToLowerInvariant();
        switch (finding.Severity)
        {
            case FindingSeverity.Error:
                Log.LogError(null, finding.Code, null, help, file, finding.Line, finding.Column, 0, 0, "{0}", text);
                break;
            case FindingSeverity.Warning:
                Log.LogWarning(null, finding.Code, null, help, file, finding.Line, finding.Column, 0, 0, "{0}", text);
                break;
            default:
                Log.LogMessage(null, finding.Code, null, file, finding.Line, finding.Column, 0, 0, MessageImportance.High, "{0}", text);
                break;
        }
    }

    // The first line says what the verdict depends on, the others are what an unchanged build prints again.
    private void WriteStamp(Verdict verdict)
    {
        if (StampFile.Length == 0)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(StampFile)!);
            File.WriteAllLines(StampFile, [StampKey, .. verdict.Findings.Select(finding => $"{ProjectFile} : message {finding.Code}: {PlainText.OneLine(finding.Text)}"), PlainText.OneLine(verdict.Headline)]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.LogMessage(MessageImportance.Low, "{0}", $"The stamp {StampFile} can't be written, so the next build judges again: {error.Message}");
        }
    }

    private void DeleteStamp()
    {
        if (StampFile.Length > 0 && File.Exists(StampFile))
        {
            File.Delete(StampFile);
        }
    }
}
