using System.Runtime.InteropServices;

namespace Magsag.Ledger.Lines;

/// <summary>Keeps what texts of many lines were decoded to, so that those that repeat are decoded once.</summary>
/// <remarks>Not thread-safe. It forgets everything when it holds too much: what it returns may be another instance later, never another value.</remarks>
internal sealed class SpanPool<T>(SpanPool<T>.Decoder decode)
    where T : class
{
    private const int LongestText = 1024;
    private const int MostEntries = 32 * 1024;

    // Random, so that no input can be made whose texts all fall into one bucket.
    private static readonly ulong Seed = (ulong)Guid.NewGuid().GetHashCode() * Factor;

    private const ulong Factor = 0x9E3779B97F4A7C15;

    private Entry[] _slots = new Entry[1024];
    private int _count;

    /// <summary>Decodes a text.</summary>
    public delegate T Decoder(ReadOnlySpan<byte> text);

    /// <summary>What a text decodes to.</summary>
    /// <param name="text">The text.</param>
    /// <param name="kept">The text as the pool keeps it; null when it is too long for that.</param>
    public T Get(ReadOnlySpan<byte> text, out byte[]? kept)
    {
        if (text.Length > LongestText)
        {
            kept = null;
            return decode(text);
        }

        uint hash = HashOf(text);
        Entry entry = _slots[SlotOf(text, hash)];
        entry = entry.Value is null ? Add(text, hash) : entry;
        kept = entry.Text;
        return entry.Value!;
    }

    private Entry Add(ReadOnlySpan<byte> text, uint hash)
    {
        T value = decode(text);
        if (_count == MostEntries)
        {
            Array.Clear(_slots, 0, _slots.Length);
            _count = 0;
        }
        else if (_count * 2 >= _slots.Length)
        {
            Grow();
        }

        _count++;
        return _slots[SlotOf(text, hash)] = new Entry(hash, text.ToArray(), value);
    }

    private void Grow()
    {
        Entry[] old = _slots;
        _slots = new Entry[old.Length * 2];
        foreach (Entry entry in old)
        {
            if (entry.Value is not null)
            {
                _slots[SlotOf(entry.Text, entry.Hash)] = entry;
            }
        }
    }

    // The slot of the text, or the free one where it belongs.
    private int SlotOf(ReadOnlySpan<byte> text, uint hash)
    {
        Entry[] slots = _slots;
        int slot = (int)(hash & (uint)(slots.Length - 1));
        while (slots[slot].Value is not null && !(slots[slot].Hash == hash && text.SequenceEqual(slots[slot].Text)))
        {
            slot = (slot + 1) & (slots.Length - 1);
        }

        return slot;
    }

    private static uint HashOf(ReadOnlySpan<byte> text)
    {
        ulong hash = Seed ^ (ulong)text.Length;
        while (text.Length >= sizeof(ulong))
        {
            hash = (((hash << 23) | (hash >> 41)) ^ MemoryMarshal.Read<ulong>(text)) * Factor;
            text = text.Slice(sizeof(ulong));
        }

        foreach (byte letter in text)
        {
            hash = (((hash << 7) | (hash >> 57)) ^ letter) * Factor;
        }

        // Texts that differ in their last letters only differ in the highest bits up to here: these must reach the lowest, by which the slots are chosen.
        hash = (hash ^ (hash >> 32)) * Factor;
        return (uint)(hash >> 32);
    }

    private readonly record struct Entry(uint Hash, byte[] Text, T Value);
}
