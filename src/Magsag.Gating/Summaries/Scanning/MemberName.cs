namespace Magsag.Gating;

/// <summary>A member's name as it stands in a line, and what the scanner knows of it.</summary>
internal sealed class MemberName(LedgerMember kind, ReadOnlySpan<byte> name)
{
    private readonly byte[] _text = [(byte)'"', .. name, (byte)'"', (byte)':'];

    public LedgerMember Kind => kind;

    /// <summary>The name in quotation marks and the colon.</summary>
    public ReadOnlySpan<byte> Text => _text;

    public bool Is(ReadOnlySpan<byte> name) => name.Length == _text.Length - 3 && name.SequenceEqual(_text.AsSpan(1, name.Length));
}
