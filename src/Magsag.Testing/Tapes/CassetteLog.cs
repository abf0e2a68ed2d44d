using Magsag.Ledger.Sessions;

namespace Magsag.Testing.Tapes;

/// <summary>Tells the gate and the tool what happened with cassettes: a line for each call, beside the ledger of this process.</summary>
internal static class CassetteLog
{
    private static readonly Lock Gate = new();
    private static readonly Lazy<CostRecorder> Recorder = new(static () => CostRecorder.Create(null, null));

    /// <summary>Appends an event. Outside test hosts nothing is written; what can't be written is lost.</summary>
    public static void Add(CassetteEvent happened)
    {
        if (!RecordingHost.Current.IsTestHost || Recorder.Value.SessionId is not { } session)
        {
            return;
        }

        string directory = Path.Combine(Recorder.Value.RunsDirectory, "costs");
        try
        {
            lock (Gate)
            {
                Directory.CreateDirectory(directory);
                using var file = new FileStream(CassetteEvent.PathOf(directory, session), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
                file.Write(happened.ToLine());
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Recorder.Value.ReportFault(error);
        }
    }
}
