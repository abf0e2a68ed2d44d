using Microsoft.CodeAnalysis.Text;

namespace Magsag.Analyzers.Syntax;

/// <summary>The words of one file by their hashes: it never misses one that occurs, and hardly ever takes another for one.</summary>
/// <remarks>Read in pieces, without making a string of the text or a node of its syntax; a table with open addressing, at most half full.</remarks>
internal sealed class FileNames
{
    private const int PieceLength = 8192;
    private const int FewestSlots = 256;
    private const uint Empty = 0;

    // FNV-1a.
    private const uint Begin = 2_166_136_261;
    private readonly HashSet<string> _steps = new(StringComparer.Ordinal);
    private uint[] _slots = new uint[FewestSlots];
    private int _count;

    public FileNames(SourceText text) => Read(text);

    /// <summary>The words that begin with <c>Use</c> or <c>Add</c> and go on: steps of pipelines and registrations.</summary>
    public IReadOnlyCollection<string> Steps => _steps;

    /// <summary>The number by which <see cref="MayHave(uint)"/> knows a word.</summary>
    public static uint GetHash(string word)
    {
        uint hash = Begin;
        foreach (char letter in word)
        {
            hash = Next(hash, letter);
        }

        return hash;
    }

    /// <summary>False when a word surely doesn't occur.</summary>
    public bool MayHave(uint hash) => _slots[FindSlot(hash)] != Empty;

    private static uint Next(uint hash, char letter) => (hash ^ letter) * 16_777_619;

    // The slot with the hash, or the free one where it belongs.
    private int FindSlot(uint hash)
    {
        int mask = _slots.Length - 1;
        int slot = (int)((hash ^ (hash >> 15)) & (uint)mask);
        while (_slots[slot] != Empty && _slots[slot] != hash)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Set(uint hash)
    {
        int slot = FindSlot(hash);
        if (_slots[slot] == hash)
        {
            return;
        }

        _slots[slot] = hash;
        if (++_count * 2 > _slots.Length)
        {
            uint[] known = _slots;
            _slots = new uint[known.Length * 2];
            foreach (uint moved in known.Where(static moved => moved != Empty))
            {
                _slots[FindSlot(moved)] = moved;
            }
        }
    }

    private void Read(SourceText text)
    {
        var piece = new char[Math.Min(PieceLength, text.Length)];
        uint hash = Begin;
        int start = -1;
        for (int position = 0; position < text.Length; position += piece.Length)
        {
            int length = Math.Min(piece.Length, text.Length - position);
            text.CopyTo(position, piece, 0, length);
            for (int index = 0; index < length; index++)
            {
                char letter = piece[index];
                if (IsPart(letter))
                {
                    start = start < 0 ? position + index : start;
                    hash = Next(hash, letter);
                }
                else if (start >= 0)
                {
                    Add(text, start, position + index, hash);
                    start = -1;
                    hash = Begin;
                }
            }
        }

        if (start >= 0)
        {
            Add(text, start, text.Length, hash);
        }
    }

    private void Add(SourceText text, int start, int end, uint hash)
    {
        Set(hash);
        if (end - start > 3 && ((text[start] == 'U' && text[start + 1] == 's' && text[start + 2] == 'e') || (text[start] == 'A' && text[start + 1] == 'd' && text[start + 2] == 'd')))
        {
            _steps.Add(text.ToString(TextSpan.FromBounds(start, end)));
        }
    }

    private static bool IsPart(char letter) => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or >= '\u0080';
}
