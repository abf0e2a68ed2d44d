using System.Threading.Channels;
using Magsag.Ledger.Files;

namespace Magsag.Storage.Ingest;

/// <summary>Brings a store up to date with ledger files: one thread reads while another one writes.</summary>
internal sealed class LedgerIngest(BatchWriter writer, int batchSize, IProgress<IngestResult>? progress)
{
    private const int BatchesAhead = 2;

    private readonly Dictionary<string, UnreadableInputException> _problems = new(StringComparer.Ordinal);
    private readonly HashSet<string> _torn = new(StringComparer.Ordinal);
    private IngestResult _result = new();

    public async Task<IngestResult> RunAsync(IEnumerable<string> ledgers, CancellationToken cancellationToken)
    {
        string[] paths = [.. ledgers.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _result = _result with { Files = paths.Length };

        // Another ingester may be reading the same files: where it was first, this one reads on behind it.
        while (paths.Length > 0)
        {
            paths = await PassAsync(paths, cancellationToken).ConfigureAwait(false);
        }

        return _result with { TornLines = _torn.Count, Problems = [.. _problems.OrderBy(static problem => problem.Key, StringComparer.Ordinal).Select(static problem => problem.Value)] };
    }

    private async Task<string[]> PassAsync(string[] paths, CancellationToken cancellationToken)
    {
        var batches = new LedgerBatches(await writer.ReadSourcesAsync(cancellationToken).ConfigureAwait(false), batchSize);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<IngestBatch> channel = Channel.CreateBounded<IngestBatch>(BatchesAhead);
        Task reading = Task.Run(() => ReadAsync(batches, paths, channel.Writer, stop.Token), CancellationToken.None);
        HashSet<string> lost = new(StringComparer.Ordinal);
        try
        {
            await foreach (IngestBatch batch in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                lost.UnionWith(await ApplyAsync(batch, cancellationToken).ConfigureAwait(false));
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        UpdateFindings(paths, batches);
        return [.. lost.Order(StringComparer.Ordinal)];
    }

    private static async Task ReadAsync(LedgerBatches batches, string[] paths, ChannelWriter<IngestBatch> writer, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            foreach (IngestBatch batch in batches.Read(paths))
            {
                await writer.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error)
        {
            failure = error;
        }

        // The failure, if any, comes out where the batches are taken.
        writer.Complete(failure);
    }

    private async Task<IReadOnlyList<string>> ApplyAsync(IngestBatch batch, CancellationToken cancellationToken)
    {
        BatchOutcome outcome = await writer.ApplyAsync(batch, cancellationToken).ConfigureAwait(false);
        _result = _result with
        {
            Records = _result.Records + outcome.Inserted,
            Duplicates = _result.Duplicates + outcome.Duplicates,
            UnknownLines = _result.UnknownLines + outcome.UnknownLines,
        };
        progress?.Report(_result);
        return outcome.Lost;
    }

    // A later pass over a file replaces the findings of an earlier one.
    private void UpdateFindings(string[] paths, LedgerBatches batches)
    {
        foreach (string path in paths)
        {
            _problems.Remove(path);
            _torn.Remove(path);
        }

        _torn.UnionWith(batches.TornFiles);
        foreach ((string path, UnreadableInputException problem) in batches.Problems)
        {
            _problems[path] = problem;
        }
    }
}
