namespace Magsag.Runtime.Tests;

/// <summary>Where a test host records: what its build told relative to bin/Debug/net10.0, read where the host is now.</summary>
public sealed class ProjectPathsTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("magsag-paths-");

    public ProjectPathsTests()
    {
        Directory.CreateDirectory(Full("repo/tests/Desk.Tests"));
        File.WriteAllText(Full("repo/tests/Desk.Tests/Desk.Tests.csproj"), "");
    }

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("repo/tests/Desk.Tests/bin/Debug/net10.0", "elsewhere", "repo/tests/Desk.Tests/.runs")]
    [InlineData("repo/tests/Desk.Tests/bin/Release/net10.0/publish", "elsewhere", "repo/tests/Desk.Tests/.runs")]
    [InlineData("repo/out/tests", "elsewhere", "repo/tests/Desk.Tests/.runs")]
    [InlineData("artifacts/tests", "repo/src", "repo/tests/Desk.Tests/.runs")]
    [InlineData("artifacts/tests", "elsewhere", null)]
    public void The_runs_of_the_project_are_found_from_the_output_or_the_working_directory(string output, string workingDirectory, string? runs)
    {
        var paths = new ProjectPaths(Full(output), "../../../Desk.Tests.csproj", "tests/Desk.Tests/Desk.Tests.csproj", Full(workingDirectory));

        Assert.Equal(runs is null ? null : Full(runs), paths.Resolve("../../../.runs"));
    }

    [Fact]
    public void Tests_that_are_away_from_their_project_record_beside_themselves()
    {
        var told = new Dictionary<string, string> { ["Magsag.TestAssembly"] = "Desk.Tests", ["Magsag.Project"] = "../../../Desk.Tests.csproj", ["Magsag.ProjectBelowRoot"] = "none/Desk.Tests.csproj", ["Magsag.RunsDirectory"] = "../../../.runs", ["Magsag.SourceRoot"] = "../../../../.." };

        RecordingHost host = RecordingHost.FromAppContext(told.GetValueOrDefault, Full("artifacts/tests"));

        Assert.Equal((Full("artifacts/tests/.runs"), (string?)null), (host.RunsDirectory, host.SourceRoot));
    }

    private string Full(string path) => Path.GetFullPath(path, _directory.FullName);
}
