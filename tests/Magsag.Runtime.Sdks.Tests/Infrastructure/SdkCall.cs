namespace Magsag.Runtime.Sdks.Tests;

/// <summary>What an SDK is asked to do.</summary>
/// <param name="Server">The provider.</param>
/// <param name="Stream">Whether to stream.</param>
/// <param name="LeavesEarly">Whether to stop reading after the first piece of the answer.</param>
/// <param name="Configure">Where to record.</param>
internal sealed record SdkCall(LoopbackProvider Server, bool Stream, bool LeavesEarly, Action<CostTrackingOptions> Configure)
{
    public const string Question = "What does the fox do?";

    private int _pieces;

    public Uri Provider => Server.Address;

    /// <summary>Reads a streamed answer to its end, or leaves it after its first piece.</summary>
    public async Task ReadAsync<T>(IAsyncEnumerable<T> answer, Func<T, bool> isPiece)
    {
        await foreach (T update in answer)
        {
            if (isPiece(update) && HasEnough())
            {
                break;
            }
        }
    }

    /// <summary>Takes note of a piece of the answer, and says whether to leave.</summary>
    public bool HasEnough()
    {
        if (++_pieces == LoopbackProvider.PiecesBeforeTrouble)
        {
            Server.GoOn();
        }

        return LeavesEarly;
    }
}
