using Microsoft.Extensions.Logging;

namespace Magsag.Runtime;

/// <summary>How a ledger is written.</summary>
public sealed class CostLedgerOptions
{
    /// <summary>How many records may wait to be written, 1 or more.</summary>
    public int QueueCapacity { get; set; } = 65_536;

    /// <summary>What happens when the queue is full.</summary>
    public FullQueueBehavior WhenFull { get; set; } = FullQueueBehavior.Wait;

    /// <summary>The size in bytes at which a new file is begun.</summary>
    public long MaxFileBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>Hears what goes wrong while recording.</summary>
    public ILogger? Logger { get; set; }
}
