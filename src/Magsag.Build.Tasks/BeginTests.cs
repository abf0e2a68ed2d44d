using System.Globalization;
using Magsag.Ledger.Sessions;
using Microsoft.Build.Framework;
using MSBuildTask = Microsoft.Build.Utilities.Task;

namespace Magsag.Build.Tasks;

/// <summary>Marks the tests of a project as started: what they record is only judged once they have passed.</summary>
[MSBuildMultiThreadableTask]
public sealed class BeginTests : MSBuildTask
{
    /// <summary>The runs directory, as a full path.</summary>
    [Required]
    public string RunsDirectory { get; set; } = "";

    /// <summary>The test assembly's name.</summary>
    [Required]
    public string AssemblyName { get; set; } = "";

    /// <summary>The target framework.</summary>
    public string Framework { get; set; } = "";

    /// <summary>When the tests are started, in ticks of UTC.</summary>
    [Required]
    public string TestsStarted { get; set; } = "";

    /// <summary>The test run, as its hosts are told; empty where it has no name.</summary>
    public string TestRun { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            UnfinishedTests.Begin(RunsDirectory, AssemblyName, Framework, new DateTimeOffset(long.Parse(TestsStarted, CultureInfo.InvariantCulture), TimeSpan.Zero), TestRun.Length == 0 ? null : TestRun);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Tests that can't record fail the gate afterwards; that they run isn't the gate's to prevent.
            Log.LogMessage(MessageImportance.Low, "{0}", $"The start of the tests can't be marked: {error.Message}");
        }

        return true;
    }
}
