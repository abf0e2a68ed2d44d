using Magsag.Ledger.Records;
using Magsag.Ledger.Sessions;
using Microsoft.Win32.SafeHandles;

namespace Magsag.Runtime.Ledgers;

/// <summary>Counts the calls of a test host in a file beside its ledger, so that the gate knows of each that didn't arrive. Never throws: what can't be counted is a fault, and the gate misses the file.</summary>
internal sealed class CallCounts : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _path;
    private SafeFileHandle? _file;
    private SessionCalls _counts;
    private bool _disposed;

    public CallCounts(string runsDirectory, LedgerSession session)
    {
        _path = SessionCalls.PathOf(Path.Combine(runsDirectory, "costs"), session.Id);
        _counts = new SessionCalls { Session = session.Id, ProcessId = Environment.ProcessId };
    }

    /// <summary>Counts a call that begins; true for the first.</summary>
    public bool Begin() => Update(static counts => counts with { Begun = counts.Begun + 1, IsOver = false }).Begun == 1;

    /// <summary>Counts a call that has ended and is recorded.</summary>
    public void End() => Update(static counts => counts with { Ended = counts.Ended + 1 });

    /// <summary>Counts a record before it is handed to the ledger.</summary>
    public void Record() => Update(static counts => counts with { Recorded = counts.Recorded + 1, IsOver = false });

    /// <summary>Says that the host came to its end by itself.</summary>
    public void MarkOver()
    {
        if (_counts is { Begun: > 0 } or { Recorded: > 0 })
        {
            Update(static counts => counts with { IsOver = true });
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _file?.Dispose();
            _file = null;
        }
    }

    private SessionCalls Update(Func<SessionCalls, SessionCalls> change)
    {
        lock (_gate)
        {
            _counts = change(_counts);
            try
            {
                Write();
            }
            catch (Exception)
            {
                CostMeter.CountFault();
            }

            return _counts;
        }
    }

    private void Write()
    {
        byte[] line = _counts.ToLine();
        if (_disposed)
        {
            // What a closed ledger is given is lost, and must be missed.
            using SafeFileHandle file = Open();
            RandomAccess.Write(file, line, 0);
            return;
        }

        RandomAccess.Write(_file ??= Open(), line, 0);
    }

    // Others may read it, but not open it exclusively: that distinguishes a running host from a killed one.
    private SafeFileHandle Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        return File.OpenHandle(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
    }
}
