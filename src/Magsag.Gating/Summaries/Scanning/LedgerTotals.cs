using Magsag.Pricing;

namespace Magsag.Gating;

/// <summary>Adds whole ledger files up, on all cores and without holding them in memory: the same sums and the same errors as <see cref="SummaryBuilder"/> over <see cref="LedgerReader"/>.</summary>
internal static class LedgerTotals
{
    /// <summary>Adds ledger files to a summary.</summary>
    /// <exception cref="UnreadableInputException">A file can't be opened or a line isn't a ledger line; the summary is of no use then.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void AddLedgers(this SummaryBuilder summary, IReadOnlyList<string> paths, LedgerFilter? filter, PriceCatalog catalog, long rangeSize = LedgerRange.UsualSize, CancellationToken cancellationToken = default)
    {
        if (TryScanAll(paths, filter is { IsEmpty: true } ? null : filter, catalog, rangeSize, cancellationToken) is not { } scanned)
        {
            // Something can't be read. Reading line by line finds out what, and says it with file and line.
            ReadAll(summary, paths, filter, cancellationToken);
            return;
        }

        foreach (CallTotals totals in scanned)
        {
            totals.AddTo(summary);
        }

        SpendTable spend = SpendTable.Of(scanned);
        summary.AddSpend(spend, spend.Runs, spend.SuccessfulRuns, spend.HasRun);
    }

    private static List<CallTotals>? TryScanAll(IReadOnlyList<string> paths, LedgerFilter? filter, PriceCatalog catalog, long rangeSize, CancellationToken cancellationToken)
    {
        try
        {
            LedgerRange[] ranges = [.. LedgerRange.Of(paths, rangeSize)];
            int threads = Math.Clamp(Environment.ProcessorCount, 1, Math.Max(1, ranges.Length));
            List<CallTotals> all = [];
            int next = -1;
            bool failed = false;
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
            {
                var scanner = new RangeScanner(filter, catalog);
                while (!Volatile.Read(ref failed) && Interlocked.Increment(ref next) is var index && index < ranges.Length)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (!scanner.TryScan(ranges[index]))
                    {
                        Volatile.Write(ref failed, true);
                    }
                }

                scanner.Totals.Finish();
                lock (all)
                {
                    all.Add(scanner.Totals);
                }
            });
            return failed ? null : all;
        }
        catch (AggregateException errors) when (errors.InnerExceptions.OfType<OperationCanceledException>().Any())
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (AggregateException errors) when (errors.InnerExceptions.All(static error => error is IOException or UnauthorizedAccessException))
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void ReadAll(SummaryBuilder summary, IReadOnlyList<string> paths, LedgerFilter? filter, CancellationToken cancellationToken)
    {
        foreach (string path in paths)
        {
            using var reader = new LedgerReader(path);
            summary.Add(reader, filter, cancellationToken);
        }
    }
}
