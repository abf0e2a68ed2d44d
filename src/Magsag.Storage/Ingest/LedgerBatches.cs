using Magsag.Ledger.Files;

namespace Magsag.Storage.Ingest;

/// <summary>Cuts what is new in ledger files into batches.</summary>
internal sealed class LedgerBatches(SourceIndex sources, int batchSize)
{
    private readonly Dictionary<string, UnreadableInputException> _problems = new(StringComparer.Ordinal);
    private readonly HashSet<string> _torn = new(StringComparer.Ordinal);
    private IngestBatch _batch = new(capacity: 0);

    /// <summary>What kept files from being read to their end, by path.</summary>
    public IReadOnlyDictionary<string, UnreadableInputException> Problems => _problems;

    /// <summary>Files whose last line breaks off.</summary>
    public IReadOnlySet<string> TornFiles => _torn;

    public IEnumerable<IngestBatch> Read(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            using LedgerFollower? follower = TryOpen(path);
            bool more = follower is not null;
            while (more)
            {
                more = Fill(follower!, path);
                _batch.Spans.Add(follower!.TakeSpan(_batch));
                if (_batch.Records.Count >= batchSize)
                {
                    yield return TakeBatch();
                }
            }
        }

        if (_batch.Spans.Count > 0)
        {
            yield return TakeBatch();
        }
    }

    private LedgerFollower? TryOpen(string path)
    {
        try
        {
            return LedgerFollower.Open(path, sources);
        }
        catch (UnreadableInputException error)
        {
            _problems[path] = error;
            return null;
        }
    }

    private bool Fill(LedgerFollower follower, string path)
    {
        try
        {
            if (follower.Fill(_batch, batchSize))
            {
                return true;
            }
        }
        catch (UnreadableInputException error)
        {
            _problems[path] = error;
        }

        if (follower.IsTorn)
        {
            _torn.Add(path);
        }

        return false;
    }

    private IngestBatch TakeBatch()
    {
        IngestBatch batch = _batch;
        _batch = new IngestBatch(capacity: batch.Records.Count);
        return batch;
    }
}
