namespace Magsag.Runtime.Tests;

/// <summary>A disk that hangs until it is released.</summary>
internal sealed class BlockedOutput : ILedgerOutput
{
    private readonly ManualResetEventSlim _released = new();

    public int Lines { get; private set; }

    public void Release() => _released.Set();

    public void Append(ReadOnlySpan<byte> lines)
    {
        _released.Wait();
        Lines += lines.Count((byte)'\n');
    }

    public void Close()
    {
    }
}
