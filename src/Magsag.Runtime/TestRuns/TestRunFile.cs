using Magsag.Ledger.Records;
using Magsag.Ledger.Sessions;

namespace Magsag.Runtime.TestRuns;

/// <summary>Writes beside a test host's ledger which tests there are and which ran, so that the gate knows a part from the whole. Never throws: what can't be written isn't known.</summary>
internal sealed class TestRunFile(string runsDirectory, LedgerSession session) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _path = SessionTests.PathOf(Path.Combine(runsDirectory, "costs"), session.Id);
    private readonly Lazy<TestInventory> _inventory = new(() => TestInventory.Read(Path.Combine(RecordingHost.Current.BaseDirectory, session.Assembly + ".dll")));
    private TestCaseListener? _listener;
    private long _cases;

    /// <summary>Begins to listen, with the first call.</summary>
    public void Begin()
    {
        if (_listener is not null)
        {
            return;
        }

        lock (_gate)
        {
            _listener ??= new TestCaseListener(Add);
        }
    }

    /// <summary>Says which tests ran and which were skipped, where the platform tells their names.</summary>
    public void Tell(IReadOnlyCollection<string> ran, IReadOnlyCollection<string> skipped)
    {
        // A ledger that was given no call has no file either.
        if (_listener is not null)
        {
            var left = new HashSet<string>(skipped.Select(static test => test.Replace('+', '.')), StringComparer.Ordinal);
            Write(tests => tests with { Exist = [.. tests.Exist.Where(test => !left.Contains(test))], Ran = ran });
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _listener?.Dispose();
        }
    }

    private void Add(long cases)
    {
        long all = Interlocked.Add(ref _cases, cases);
        Write(tests => tests with { Cases = all });
    }

    private void Write(Func<SessionTests, SessionTests> tell)
    {
        try
        {
            lock (_gate)
            {
                tell(new SessionTests { Session = session.Id, Exist = _inventory.Value.Tests, LeastCases = _inventory.Value.LeastCases }).Write(_path);
            }
        }
        catch (Exception)
        {
            CostMeter.CountFault();
        }
    }
}
