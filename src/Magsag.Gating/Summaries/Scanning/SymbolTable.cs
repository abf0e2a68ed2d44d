using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Magsag.Gating;

/// <summary>Gives each distinct text a number, so that texts of millions of lines are decoded once and compared as integers.</summary>
internal sealed class SymbolTable
{
    /// <summary>The symbol of what is unknown.</summary>
    public const int None = 0;

    private readonly List<string?> _texts = [null];
    private readonly List<byte[]> _bytes = [[]];
    private readonly List<uint> _hashes = [0];
    private int[] _slots = new int[1024];

    /// <summary>How many symbols there are, <see cref="None"/> among them.</summary>
    public int Count => _bytes.Count;

    /// <summary>The text of a symbol; null for <see cref="None"/>.</summary>
    public string? this[int symbol] => symbol == None ? null : _texts[symbol] ??= Encoding.UTF8.GetString(_bytes[symbol]);

    /// <summary>Finds the symbol of a text; false when the bytes aren't UTF-8.</summary>
    public bool TryOf(ReadOnlySpan<byte> text, out int symbol)
    {
        uint hash = Hash(text);
        symbol = Find(text, hash);
        if (symbol == None && Utf8.IsValid(text))
        {
            symbol = Add(text.ToArray(), hash);
        }

        return symbol != None;
    }

    /// <summary>The symbol of a text.</summary>
    public int Of(string? text)
    {
        if (text is null)
        {
            return None;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        uint hash = Hash(bytes);
        return Find(bytes, hash) is var symbol and not None ? symbol : Add(bytes, hash);
    }

    /// <summary>The symbol of a text; <see cref="None"/> when it has none.</summary>
    public int Known(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Find(bytes, Hash(bytes));
    }

    /// <summary>The symbols' places in the ordinal order of their texts, <see cref="None"/> first.</summary>
    public int[] Ranks()
    {
        int[] symbols = [.. Enumerable.Range(1, Count - 1)];
        string[] texts = Array.ConvertAll(symbols, symbol => this[symbol]!);
        Array.Sort(texts, symbols, StringComparer.Ordinal);
        int[] ranks = new int[Count];
        for (int rank = 0; rank < symbols.Length; rank++)
        {
            ranks[symbols[rank]] = rank + 1;
        }

        return ranks;
    }

    /// <summary>The symbols here of another table's, by the other's number.</summary>
    public int[] Join(SymbolTable other)
    {
        int[] joined = new int[other.Count];
        for (int symbol = 1; symbol < joined.Length; symbol++)
        {
            byte[] text = other._bytes[symbol];
            uint hash = other._hashes[symbol];
            joined[symbol] = Find(text, hash) is var known and not None ? known : Add(text, hash);
        }

        return joined;
    }

    private int Find(ReadOnlySpan<byte> text, uint hash)
    {
        int slot = (int)(hash & (uint)(_slots.Length - 1));
        while (_slots[slot] is var symbol && symbol != None)
        {
            if (_hashes[symbol] == hash && text.SequenceEqual(_bytes[symbol]))
            {
                return symbol;
            }

            slot = (slot + 1) & (_slots.Length - 1);
        }

        return None;
    }

    private int Add(byte[] text, uint hash)
    {
        int symbol = _bytes.Count;
        _texts.Add(null);
        _bytes.Add(text);
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

        // Texts that differ in their last letters only differ in the highest bits up to here: these must reach the lowest, by which the slots are chosen.
        hash = (hash ^ (hash >> 32)) * Factor;
        return (uint)(hash >> 32);
    }
}
