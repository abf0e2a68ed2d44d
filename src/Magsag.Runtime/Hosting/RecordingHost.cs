namespace Magsag.Runtime.Hosting;

/// <summary>What the process that records is: a test host, as its <c>runtimeconfig.json</c> says, or anything else.</summary>
internal sealed record RecordingHost
{
    /// <summary>The variable that names the runs directory outside test hosts, and of tests that were published elsewhere.</summary>
    public const string RunsDirectoryVariable = "MAGSAG_RUNS_DIRECTORY";

    /// <summary>The variable that names the file of own prices outside test hosts.</summary>
    public const string PricesFileVariable = "MAGSAG_PRICES_FILE";

    /// <summary>The variable by which whoever runs tests names the run.</summary>
    public const string TestRunVariable = "MAGSAG_TEST_RUN";

    // What Microsoft.Testing.Platform gives all attempts of one run.
    private static readonly string[] TestRunVariables = [TestRunVariable, "TESTINGPLATFORM_LOGICAL_RUN_ID", "TESTINGPLATFORM_DOTNETTEST_EXECUTIONID"];

    /// <summary>This process.</summary>
    public static Guid Process { get; } = Guid.NewGuid();

    /// <summary>The host of this process.</summary>
    public static RecordingHost Current { get; } = FromAppContext(static name => AppContext.GetData(name) as string, AppContext.BaseDirectory);

    /// <summary>The test assembly; null outside test hosts.</summary>
    public string? TestAssembly { get; init; }

    /// <summary>The test assembly's target framework.</summary>
    public string? Framework { get; init; }

    /// <summary>The runs directory of a test host; null outside test hosts.</summary>
    public string? ConfiguredRunsDirectory { get; init; }

    /// <summary>The directory that call sites are relative to; null when it isn't known.</summary>
    public string? SourceRoot { get; init; }

    /// <summary>The file of own prices that the build found; null when there is none.</summary>
    public string? ConfiguredPricesFile { get; init; }

    /// <summary>The names of the assemblies under test.</summary>
    public IReadOnlyList<string> Assemblies { get; init; } = [];

    /// <summary>Where the application's files are.</summary>
    public string BaseDirectory { get; init; } = AppContext.BaseDirectory;

    /// <summary>The test run that this process is part of; null where whoever started it named none.</summary>
    public string? TestRun => IsTestHost ? TestRunVariables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(static run => !string.IsNullOrEmpty(run)) : null;

    public bool IsTestHost => TestAssembly is not null;

    /// <summary>Where the paths that the build told lead to; null outside test hosts.</summary>
    internal ProjectPaths? Paths { get; init; }

    /// <summary>The runs directory as a full path.</summary>
    public string RunsDirectory => ConfiguredRunsDirectory ?? NamedRunsDirectory ?? Path.GetFullPath(".runs");

    /// <summary>The file of own prices as a full path; null for none.</summary>
    public string? PricesFile => ConfiguredPricesFile
        ?? (Environment.GetEnvironmentVariable(PricesFileVariable) is { Length: > 0 } file ? Path.GetFullPath(file) : null);

    private static string? NamedRunsDirectory => Environment.GetEnvironmentVariable(RunsDirectoryVariable) is { Length: > 0 } directory ? Path.GetFullPath(directory) : null;

    public static RecordingHost FromAppContext(Func<string, string?> read, string baseDirectory)
    {
        var paths = new ProjectPaths(baseDirectory, read("Magsag.Project"), read("Magsag.ProjectBelowRoot"), Environment.CurrentDirectory);
        return new RecordingHost
        {
            TestAssembly = read("Magsag.TestAssembly"),
            Framework = read("Magsag.TargetFramework"),
            ConfiguredRunsDirectory = paths.IsMoved ? RunsDirectoryOfMoved(paths, read("Magsag.RunsDirectory"), baseDirectory) : paths.Resolve(read("Magsag.RunsDirectory")),
            SourceRoot = paths.Resolve(read("Magsag.SourceRoot")),
            ConfiguredPricesFile = paths.Resolve(read("Magsag.PricesFile")),
            Assemblies = read("Magsag.Assemblies")?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
            BaseDirectory = baseDirectory,
            Paths = paths,
        };
    }

    // Never beside the repository or wherever else the build's path leads from here: without the project, the tests' own folder.
    private static string RunsDirectoryOfMoved(ProjectPaths paths, string? told, string baseDirectory) =>
        NamedRunsDirectory ?? paths.Resolve(told) ?? Path.Combine(baseDirectory, ".runs");
}
