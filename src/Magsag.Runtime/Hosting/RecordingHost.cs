namespace Magsag.Runtime.Hosting;

/// <summary>What the process that records is: a test host, as its <c>runtimeconfig.json</c> says, or anything else.</summary>
internal sealed record RecordingHost
{
    /// <summary>The variable that names the runs directory outside test hosts.</summary>
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

    /// <summary>The runs directory that the build chose; null outside test hosts.</summary>
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

    /// <summary>The runs directory as a full path.</summary>
    public string RunsDirectory => ConfiguredRunsDirectory
        ?? Path.GetFullPath(Environment.GetEnvironmentVariable(RunsDirectoryVariable) is { Length: > 0 } directory ? directory : ".runs");

    /// <summary>The file of own prices as a full path; null for none.</summary>
    public string? PricesFile => ConfiguredPricesFile
        ?? (Environment.GetEnvironmentVariable(PricesFileVariable) is { Length: > 0 } file ? Path.GetFullPath(file) : null);

    public static RecordingHost FromAppContext(Func<string, string?> read, string baseDirectory) => new()
    {
        TestAssembly = read("Magsag.TestAssembly"),
        Framework = read("Magsag.TargetFramework"),
        ConfiguredRunsDirectory = FullPath(read("Magsag.RunsDirectory"), baseDirectory),
        SourceRoot = FullPath(read("Magsag.SourceRoot"), baseDirectory),
        ConfiguredPricesFile = FullPath(read("Magsag.PricesFile"), baseDirectory),
        Assemblies = read("Magsag.Assemblies")?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
        BaseDirectory = baseDirectory,
    };

    private static string? FullPath(string? path, string baseDirectory) =>
        string.IsNullOrEmpty(path) ? null : Path.GetFullPath(path, baseDirectory);
}
