using Magsag.Ledger.Files;
using Magsag.Ledger.Lines;

namespace Magsag.Ledger.Summaries;

/// <summary>Adds whole ledger files up, on all cores and without holding them in memory.</summary>
internal static class LedgerSummaries
{
    // More lines than any range has.
    private const int PlaceBits = 40;

    /// <summary>Adds ledger files to a summary, as reading one after the other would.</summary>
    /// <returns>How many records of calls each file has, whatever the filter admits of them.</returns>
    /// <exception cref="UnreadableInputException">A file can't be opened or a line isn't a ledger line; the summary is of no use then.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyDictionary<string, long> AddLedgers(this SummaryBuilder summary, IEnumerable<string> paths, LedgerFilter? filter = null, long rangeSize = LedgerRange.UsualSize, CancellationToken cancellationToken = default)
    {
        LedgerRange[] ranges = [.. LedgerRange.Split(paths, rangeSize)];
        LedgerFilter? conditions = filter is { IsEmpty: true } ? null : filter;
        var builders = new SummaryBuilder[Math.Max(1, Math.Min(Environment.ProcessorCount, ranges.Length))];
        var errors = new Exception?[ranges.Length];
        long[] calls = new long[ranges.Length];
        int next = -1;
        bool failed = false;

        void AddRanges(int thread)
        {
            SummaryBuilder builder = builders[thread] = thread == 0 ? summary : new SummaryBuilder(summary.Catalog);
            var parser = new LedgerLineParser();
            while (!Volatile.Read(ref failed) && Interlocked.Increment(ref next) is var index && index < ranges.Length)
            {
                try
                {
                    builder.Place = (long)(index + 1) << PlaceBits;
                    using var reader = new LedgerReader(ranges[index], parser);
                    builder.Add(reader, conditions, cancellationToken);
                    calls[index] = reader.Calls;
                }
                catch (Exception error) when (error is UnreadableInputException or OperationCanceledException)
                {
                    errors[index] = error;
                    Volatile.Write(ref failed, true);
                }
            }
        }

        Parallel.For(0, builders.Length, new ParallelOptions { MaxDegreeOfParallelism = builders.Length }, AddRanges);

        // Ranges are taken in order, so the first error is the one that reading one file after the other would have met.
        if (errors.FirstOrDefault(static error => error is not null) is { } first)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(first).Throw();
        }

        foreach (SummaryBuilder other in builders.Skip(1))
        {
            summary.Merge(other);
        }

        return ranges.Select((range, index) => (range.Path, Calls: calls[index])).GroupBy(static range => range.Path, StringComparer.Ordinal).ToDictionary(static file => file.Key, static file => file.Sum(static range => range.Calls), StringComparer.Ordinal);
    }
}
