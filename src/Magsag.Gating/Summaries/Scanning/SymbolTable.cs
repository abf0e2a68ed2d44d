using System.Runtime.InteropServices;
using System.Text;

namespace Magsag.Gating;

/// <summary>Gives each distinct text a number, so that texts of millions of lines are decoded once and compared as integers.</summary>
internal sealed class SymbolTable
{
    /// <summary>The symbol of what is unknown.</summary>
    public const int None = 0;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<string?> _texts = [null];
    private readonly List<byte[]> _bytes = [[]];
    private readonly List<uint> _hashes = [0];
    private int[] _slots = new int[1024];

    /// <summary>The text of a symbol; null for <see cref="None"/>.</summary>
    public string? this[int symbol] => _texts[symbol];

    /// <summary>The symbol of a text in UTF-8.</summary>
    /// <exception cref="DecoderFallbackException">The bytes aren't UTF-8.</exception>
    public int Of(ReadOnlySpan<byte> text)
    {
        uint hash = Hash(text);
        int slot = (int)(hash & (uint)(_slots.Length - 1));
        while (_slots[slot] is var symbol && symbol != None)
        {
            if (_hashes[symbol] == hash && text.SequenceEqual(_bytes[symbol]))
            {
                return symbol;
            }

            slot = (slot + 1) & (_slots.Length - 1);
        }

        return Add(text, hash);
    }

    /// <summary>The symbol of a text.</summary>
    public int Of(string? text) => text is null ? None : Of(Encoding.UTF8.GetBytes(text));

    private int Add(ReadOnlySpan<byte> text, uint hash)
    {
        string decoded = Strict.GetString(text);
        int symbol = _texts.Count;
        _texts.Add(decoded);
        _bytes.Add(text.ToArray());
        _hashes.Add(hash);
        if (symbol * 2 > _slots.Length)
        {
            _slots = new int[_slots.Length * 2];
            for (int known = 1; known < symbol; known++)
            {
                Place(known);
            }
        }

        Place(symbol);
        return symbol;
    }

    private void Place(int symbol)
    {
        int slot = (int)(_hashes[symbol] & (uint)(_slots.Length - 1));
        while (_slots[slot] != None)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        _slots[slot] = symbol;
    }

    private static uint Hash(ReadOnlySpan<byte> text)
    {
        const ulong Factor = 0x9E3779B97F4A7C15;
        ulong hash = (ulong)text.Length * Factor;
        while (text.Length >= sizeof(ulong))
        {
            hash = (ulong.RotateLeft(hash, 23) ^ MemoryMarshal.Read<ulong>(text)) * Factor;
            text = text[sizeof(ulong)..];
        }

        foreach (byte letter in text)
        {
            hash = (ulong.RotateLeft(hash, 7) ^ letter) * Factor;
        }

        return (uint)(hash >> 32);
    }
}
