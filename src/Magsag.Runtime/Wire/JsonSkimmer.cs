using System.Buffers;
using System.Text.Json;

namespace Magsag.Runtime.Wire;

/// <summary>Takes the few members that say what a call used out of a JSON text while it passes through in pieces, and keeps nothing of the rest.</summary>
/// <remarks>
/// It looks at the members of the outermost object and of a few objects in it; of an array of objects, the last counts.
/// <see cref="System.Text.Json.Utf8JsonReader"/> can go on where a piece ends, but only between tokens: a picture, which is one string of megabytes,
/// would have to be held whole, and every number of an embedding would be read.
/// </remarks>
internal sealed class JsonSkimmer
{
    private const int MostKept = 64 * 1024;
    private const int LongestName = 24;

    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> ScalarEnd = SearchValues.Create(",}] \t\r\n"u8);

    private readonly ArrayBufferWriter<byte> _kept = new(512);
    private readonly byte[] _name = new byte[LongestName];
    private Phase _phase;
    private int _nameLength;
    private int _level;
    private int _depth;
    private bool _keeps;
    private bool _inString;
    private bool _escaped;
    private bool _needsComma;
    private bool _isArray;
    private HostedToolList? _tools;

    private enum Phase
    {
        Outside,
        Members,
        Name,
        Colon,
        Value,
        Scalar,
        Done,
    }

    /// <summary>Whether the text has come to its end.</summary>
    public bool IsComplete => _phase == Phase.Done;

    /// <summary>Takes the next piece.</summary>
    public void Write(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty && _phase != Phase.Done)
        {
            piece = _phase switch
            {
                Phase.Outside => ReadOutside(piece),
                Phase.Members => ReadMember(piece),
                Phase.Name => ReadName(piece),
                Phase.Colon => ReadColon(piece),
                Phase.Value => _inString ? ReadString(piece) : ReadContainer(piece),
                _ => ReadScalar(piece),
            };
        }
    }

    /// <summary>What was kept, as a JSON text of its own, also when the text broke off; null when it is none.</summary>
    public JsonDocument? ToDocument()
    {
        if (_kept.WrittenCount is 0 or > MostKept || (_phase is Phase.Value or Phase.Scalar && _keeps))
        {
            return null;
        }

        for (int level = _phase == Phase.Done ? 0 : _level; level > 0; level--)
        {
            _kept.Write("}"u8);
        }

        try
        {
            return JsonDocument.Parse(_kept.WrittenMemory);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Skims a whole text.</summary>
    public static JsonDocument? Skim(ReadOnlySpan<byte> text)
    {
        var skimmer = new JsonSkimmer();
        skimmer.Write(text);
        return skimmer.ToDocument();
    }

    private ReadOnlySpan<byte> ReadOutside(ReadOnlySpan<byte> piece)
    {
        byte next = piece[0];
        if (next == '{')
        {
            _kept.ResetWrittenCount();
            Enter(piece[..1]);
        }
        else if (next == '[' && !_isArray)
        {
            _isArray = true;
        }
        else if (next == ']' || !IsBetween(next))
        {
            _phase = Phase.Done;
        }

        return piece[1..];
    }

    private ReadOnlySpan<byte> ReadMember(ReadOnlySpan<byte> piece)
    {
        byte next = piece[0];
        if (next == '"')
        {
            _phase = Phase.Name;
            _nameLength = 0;
        }
        else if (next == '}')
        {
            Leave();
        }
        else if (!IsBetween(next))
        {
            _phase = Phase.Done;
        }

        return piece[1..];
    }

    private ReadOnlySpan<byte> ReadName(ReadOnlySpan<byte> piece)
    {
        int end = piece.IndexOf((byte)'"');
        ReadOnlySpan<byte> part = end < 0 ? piece : piece[..end];
        int room = Math.Min(part.Length, LongestName - _nameLength);
        part[..room].CopyTo(_name.AsSpan(_nameLength));

        // Names with escapes in them are none of those that matter.
        _nameLength = room < part.Length ? LongestName : _nameLength + room;
        if (end < 0)
        {
            return [];
        }

        _phase = Phase.Colon;
        return piece[(end + 1)..];
    }

    private ReadOnlySpan<byte> ReadColon(ReadOnlySpan<byte> piece)
    {
        byte next = piece[0];
        if (next == ':' || IsBetween(next))
        {
            return piece[1..];
        }

        ReadOnlySpan<byte> name = _name.AsSpan(0, _nameLength);
        if (next == '{' && WireNames.IsEntered(name) && _level < 2)
        {
            KeepName(name);
            Enter(piece[..1]);
            return piece[1..];
        }

        _keeps = WireNames.IsKept(name) && _kept.WrittenCount <= MostKept;
        if (_keeps)
        {
            KeepName(name);
        }

        _phase = next is (byte)'"' or (byte)'{' or (byte)'[' ? Phase.Value : Phase.Scalar;
        if (next == '[' && WireNames.IsCounted(name))
        {
            _tools = new HostedToolList();
        }

        _inString = next == '"';
        _depth = next is (byte)'{' or (byte)'[' ? 1 : 0;
        if (_phase == Phase.Scalar)
        {
            return piece;
        }

        Keep(piece[..1]);
        return piece[1..];
    }

    private ReadOnlySpan<byte> ReadString(ReadOnlySpan<byte> piece)
    {
        if (_escaped)
        {
            _escaped = false;
            _tools?.Append(piece[..1]);
            Keep(piece[..1]);
            return piece[1..];
        }

        int stop = piece.IndexOfAny((byte)'"', (byte)'\\');
        if (stop < 0)
        {
            _tools?.Append(piece);
            Keep(piece);
            return [];
        }

        _tools?.Append(piece[..(stop + 1)]);
        Keep(piece[..(stop + 1)]);
        _escaped = piece[stop] == '\\';
        if (!_escaped)
        {
            _inString = false;
            _tools?.EndString(_depth);
            EndValue();
        }

        return piece[(stop + 1)..];
    }

    private ReadOnlySpan<byte> ReadContainer(ReadOnlySpan<byte> piece)
    {
        int stop = piece.IndexOfAny(Structure);
        if (stop < 0)
        {
            Keep(piece);
            return [];
        }

        Keep(piece[..(stop + 1)]);
        switch (piece[stop])
        {
            case (byte)'"':
                _inString = true;
                break;
            case (byte)'{' or (byte)'[':
                _depth++;
                break;
            default:
                _depth--;
                _tools?.Close(_depth);
                EndValue();
                break;
        }

        return piece[(stop + 1)..];
    }

    private ReadOnlySpan<byte> ReadScalar(ReadOnlySpan<byte> piece)
    {
        int stop = piece.IndexOfAny(ScalarEnd);
        Keep(stop < 0 ? piece : piece[..stop]);
        if (stop < 0)
        {
            return [];
        }

        _phase = Phase.Members;
        return piece[stop..];
    }

    private void EndValue()
    {
        if (_depth > 0)
        {
            return;
        }

        _phase = Phase.Members;
        if (_tools?.ToList() is { Length: > 0 } list && _kept.WrittenCount <= MostKept)
        {
            KeepName(_name.AsSpan(0, _nameLength));
            _kept.Write(list);
        }

        _tools = null;
    }

    private void Enter(ReadOnlySpan<byte> brace)
    {
        _kept.Write(brace);
        _level++;
        _needsComma = false;
        _phase = Phase.Members;
    }

    private void Leave()
    {
        _kept.Write("}"u8);
        _level--;
        _needsComma = true;
        _phase = _level > 0 ? Phase.Members : _isArray ? Phase.Outside : Phase.Done;
    }

    private void KeepName(ReadOnlySpan<byte> name)
    {
        _kept.Write(_needsComma ? ",\""u8 : "\""u8);
        _kept.Write(name);
        _kept.Write("\":"u8);
        _needsComma = true;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_keeps && _kept.WrittenCount <= MostKept)
        {
            _kept.Write(bytes);
        }
    }

    private static bool IsBetween(byte next) => next is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',';
}
