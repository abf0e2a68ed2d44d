namespace Magsag.Ledger.Lines;

/// <summary>What stood in the lines before: most lines have the same members in the same order, and many of the same values.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class RepeatedMembers
{
    private readonly LedgerMember[] _following = new LedgerMember[LedgerMembers.Count];
    private readonly byte[]?[] _json = new byte[]?[LedgerMembers.Count];
    private readonly object?[] _values = new object?[LedgerMembers.Count];

    /// <summary>The member that followed another one last.</summary>
    public LedgerMember Following(LedgerMember member) => _following[(int)member];

    public void Follow(LedgerMember member, LedgerMember following) => _following[(int)member] = following;

    /// <summary>The value that a member had last, as it stood there; empty when none is known.</summary>
    public ReadOnlySpan<byte> Json(LedgerMember member) => _json[(int)member];

    /// <summary>What that value was decoded to.</summary>
    public object? Value(LedgerMember member) => _values[(int)member];

    public void Keep(LedgerMember member, byte[] json, object value)
    {
        _json[(int)member] = json;
        _values[(int)member] = value;
    }
}
