using System.Diagnostics;

namespace Magsag.Runtime.Tests;

/// <summary>A process of its own that records, to be ended in one way or another.</summary>
internal static class LedgerProcess
{
    // Whatever these tests start inherits ignored signals: a shell ignores INT and QUIT for what it starts in the background, nohup ignores HUP.
    private static readonly string[] HearingSignals = OperatingSystem.IsLinux() ? ["env", "--default-signal=HUP,INT,QUIT"] : [];

    private static string Program => Path.Combine(AppContext.BaseDirectory, "Magsag.Runtime.CrashWriter.dll");

    /// <summary>Starts it.</summary>
    /// <param name="mode">How it records; see the program.</param>
    public static Process Start(RunsDirectory runs, string mode, int threads, int recordsPerThread)
    {
        string[] command = [.. HearingSignals, "dotnet", Program, mode, runs.Path, runs.Notes, $"{threads}", $"{recordsPerThread}"];
        return Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardError = true, RedirectStandardOutput = true })!;
    }

    /// <summary>Starts it in a shell that lets no file grow beyond a size: to the process, the disk is full there.</summary>
    public static Process StartWithFullDisk(RunsDirectory runs, int blocks, int threads, int recordsPerThread)
    {
        // Write-xor-execute maps a file larger than the limit; the limit's signal would end the process instead of failing the write.
        string command = $"trap '' XFSZ; ulimit -f {blocks}; exec dotnet '{Program}' report '{runs.Path}' '{runs.Notes}' {threads} {recordsPerThread}";
        var start = new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return Process.Start(start)!;
    }
}
