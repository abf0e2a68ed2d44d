using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Magsag.Runtime;

/// <summary>How a ledger is written.</summary>
public sealed class CostLedgerOptions
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(1);

    /// <summary>How many records may wait to be written, 1 to 16,777,216 (16,384 by default). Memory is bounded by it, even when the disk hangs.</summary>
    public int QueueCapacity { get; set; } = 16_384;

    /// <summary>What happens when the queue is full.</summary>
    public FullQueueBehavior WhenFull { get; set; } = FullQueueBehavior.Wait;

    /// <summary>How long a record may wait for others to be written together with it, 0 to an hour (100 ms by default). Acknowledged appends and flushes don't wait.</summary>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether each group is forced to the disk itself (<c>fsync</c>), so that acknowledged records survive a power failure too. Costs milliseconds a group.</summary>
    public bool FlushToDisk { get; set; }

    /// <summary>The size in bytes at which a new file is begun; 256 MiB by default.</summary>
    public long MaxFileBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>Receives what goes wrong while recording.</summary>
    public ILogger Logger { get; set; } = NullLogger.Instance;

    internal void Check()
    {
        const int MostCapacity = 1 << 24;
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(QueueCapacity, MostCapacity);
        ArgumentOutOfRangeException.ThrowIfLessThan(FlushInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FlushInterval, LongestInterval);
    }
}
