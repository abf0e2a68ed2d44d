namespace Magsag.Runtime;

/// <summary>What happens to a record when the ledger's queue is full.</summary>
public enum FullQueueBehavior
{
    /// <summary>The caller waits until the disk has caught up: nothing is lost.</summary>
    Wait,

    /// <summary>The record is dropped and counted.</summary>
    Drop,
}
