namespace Magsag.Gating;

/// <summary>What a scanner remembers of a member: how it begins, the value that it had last, and which member came after it.</summary>
internal sealed class ScannedMember(LedgerMember kind, ReadOnlySpan<byte> name)
{
    private readonly byte[] _name = [(byte)'"', .. name, (byte)'"', (byte)':'];
    private byte[] _text = [];
    private int _length;

    public LedgerMember Kind => kind;

    /// <summary>The name as it stands in a line, with the colon.</summary>
    public ReadOnlySpan<byte> Name => _name;

    public bool IsNamed(ReadOnlySpan<byte> name) => name.Length == _name.Length - 3 && name.SequenceEqual(_name.AsSpan(1, name.Length));

    /// <summary>The whole member as it last stood in a line; empty when nothing is remembered.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    /// <summary>What <see cref="Text"/> means: a symbol or the number of a word.</summary>
    public int Value { get; private set; }

    /// <summary>The member that came next, where this one stood last.</summary>
    public ScannedMember? Next { get; set; }

    public void Remember(ReadOnlySpan<byte> text, int value)
    {
        if (text.Length > _text.Length)
        {
            _text = new byte[text.Length * 2];
        }

        text.CopyTo(_text);
        _length = text.Length;
        Value = value;
    }
}
