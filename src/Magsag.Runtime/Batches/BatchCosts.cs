using System.Security.Cryptography;
using System.Text;
using Magsag.Ledger.Files;
using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;
using Magsag.Runtime.Batches;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime;

/// <summary>Records what batches cost.</summary>
public static class BatchCosts
{
    /// <summary>Records every answered request of an output file of OpenAI's or Anthropic's batches, at batch prices: each once, however often and by whomever the file is recorded.</summary>
    /// <remarks>A batch that expired or was cancelled has an output file too, and what stands in it is billed.</remarks>
    /// <param name="outputFile">The file, one JSON object per line.</param>
    /// <param name="batchId">The provider's id of the batch: with a request's own <c>custom_id</c> it identifies what is recorded already.</param>
    /// <param name="provider">The provider, in OpenTelemetry's spelling (<c>openai</c>, <c>anthropic</c> …).</param>
    /// <param name="calledAt">When the batch was made, for its prices; now when null.</param>
    /// <param name="configure">Changes where and how is recorded; the defaults suit tests and applications.</param>
    /// <param name="loggers">Receives what goes wrong while recording.</param>
    /// <param name="cancellationToken">Ends the recording early; what was recorded until then stays.</param>
    /// <exception cref="UnreadableInputException">The file can't be opened, a line isn't a batch result, or a ledger can't be read.</exception>
    /// <exception cref="IOException">A record couldn't be written.</exception>
    public static async Task<BatchRecording> RecordAsync(string outputFile, string batchId, string provider, DateTimeOffset? calledAt = null, Action<CostTrackingOptions>? configure = null, ILoggerFactory? loggers = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(batchId);
        ArgumentException.ThrowIfNullOrEmpty(provider);
        IReadOnlyList<BatchLine> lines = BatchOutput.Read(outputFile, provider);
        CostRecorder recorder = CostRecorder.Create(configure, loggers);

        // Two that record the same batch at once must see each other's records.
        using FileStream turn = await RunsDirectoryLock.TakeAsync(recorder.RunsDirectory, "batches", cancellationToken).ConfigureAwait(false);
        HashSet<Guid> known = RecordedIn(recorder.RunsDirectory, cancellationToken);
        List<LedgerRecord> records = [.. lines
            .SelectMany(line => ObserveEach(line, batchId, provider, calledAt ?? DateTimeOffset.UtcNow))
            .Select(call => RecordNormalizer.Normalize(recorder.ToRecord(call)))
            .Where(record => !known.Contains(record.Id))];
        int fresh = lines.Count(line => !known.Contains(IdOf(provider, batchId, line.CustomId)));
        await Task.WhenAll(records.Select(record => recorder.AppendAsync(record, cancellationToken))).ConfigureAwait(false);
        return new BatchRecording
        {
            Recorded = fresh,
            AlreadyRecorded = lines.Count - fresh,
            CostUsd = records.Sum(static record => record.CostUsd ?? 0m),
            UnpricedCalls = records.Count(static record => record.CostUsd is null || record.IsLowerBound),
        };
    }

    private static IEnumerable<CallObservation> ObserveEach(BatchLine line, string batchId, string provider, DateTimeOffset calledAt)
    {
        CallObservation call = Observe(line, batchId, provider, calledAt);
        return [call, .. CostRecorder.OthersOf(call).Select((other, index) => other with { Id = IdOf(provider, batchId, $"{line.CustomId}\n{index}") })];
    }

    private static CallObservation Observe(BatchLine line, string batchId, string provider, DateTimeOffset calledAt) => new()
    {
        Id = IdOf(provider, batchId, line.CustomId),
        Operation = "chat",
        Provider = provider,
        Model = line.Usage.Model,
        Usage = line.Usage.Usage,
        UsageIssue = line.Usage.Issue,
        OtherModels = line.Usage.OtherModels,
        KnownCostUsd = line.Usage.ReportedCostUsd,
        ServiceTier = line.Usage.ServiceTier,
        Region = line.Usage.Region,
        IsBatch = true,
        Started = calledAt,
    };

    // The same request has the same id on every machine, so that a store keeps it once, too (UUID version 8).
    private static Guid IdOf(string provider, string batchId, string customId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{provider}\n{batchId}\n{customId}"), hash);
        hash[6] = (byte)(0x80 | (hash[6] & 0x0F));
        hash[8] = (byte)(0x80 | (hash[8] & 0x3F));
        return new Guid(hash[..16], bigEndian: true);
    }

    private static HashSet<Guid> RecordedIn(string runsDirectory, CancellationToken cancellationToken)
    {
        HashSet<Guid> known = [];
        foreach (string file in Ledger.Lines.LedgerFiles.In(runsDirectory))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var ledger = new LedgerReader(file);
            known.UnionWith(ledger.ReadToEnd().Where(static record => record.Batch).Select(static record => record.Id));
        }

        return known;
    }
}
