using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Magsag.Ledger.Lines;

/// <summary>Steps through the members of a ledger line.</summary>
/// <remarks>
/// It finds its own way as long as the line is written as Magsag writes lines: without white space, escaped names and exponents.
/// From the first member that isn't, and for all that is wrong, the JSON reader takes over.
/// </remarks>
internal ref struct MemberCursor(ReadOnlySpan<byte> line, RepeatedMembers repeated)
{
#if NET
    private static readonly System.Buffers.SearchValues<byte> TextEnds = System.Buffers.SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 32).Select(static code => (byte)code)]);
#endif

    // One level less than the JSON reader's own limit: the line is the first one.
    private static readonly JsonReaderOptions Nested = new() { MaxDepth = 63 };

    private readonly ReadOnlySpan<byte> _line = line;
    private Utf8JsonReader _json;
    private bool _usesJson;
    private int _at;
    private int _members;
    private int _valueStart;
    private int _valueLength;
    private bool _isRepeated;

    /// <summary>The member that was read last; <see cref="LedgerMember.Unknown"/> when none is called that.</summary>
    public LedgerMember Member { get; private set; }

    /// <summary>Its name.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Its value.</summary>
    public readonly LedgerValue Value => new(_line.Slice(_valueStart, _valueLength), _isRepeated);

    /// <summary>Reads on to the next member; false at the end of the object, which is the end of the line.</summary>
    /// <exception cref="JsonException">The line isn't a JSON object, or not only.</exception>
    public bool Read()
    {
        if (_usesJson)
        {
            return ReadJson();
        }

        if (_members > 0 && _line[_at] == '}')
        {
            return _at < _line.Length - 1 && ReadOnAsJson();
        }

        if (!TryReadName() || !TryReadValue())
        {
            return ReadOnAsJson();
        }

        _members++;
        return true;
    }

    // Apart, as all that uses the JSON reader: its state is large.
    // What is read already was plain JSON, so it is only passed over.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool ReadOnAsJson()
    {
        _usesJson = true;
        _json = new Utf8JsonReader(_line);
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The line isn't a JSON object.");
        }

        for (int member = 0; member < _members; member++)
        {
            _json.Read();
            _json.Skip();
        }

        return ReadJson();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool ReadJson()
    {
        ReadToken();
        if (_json.TokenType != JsonTokenType.PropertyName)
        {
            // Throws when anything follows the object: two lines that ran together would lose a record in silence.
            _json.Read();
            return false;
        }

        Name = _json.ValueIsEscaped ? Encoding.UTF8.GetBytes(_json.GetString()!) : _json.ValueSpan;
        Member = LedgerMembers.Find(Name);
        ReadToken();
        _isRepeated = false;
        _valueStart = (int)_json.TokenStartIndex;
        _json.Skip();
        _valueLength = (int)_json.BytesConsumed - _valueStart;
        return true;
    }

    private void ReadToken()
    {
        if (!_json.Read())
        {
            throw new JsonException("The line breaks off.");
        }
    }

    // The name with the brace or comma before it and the colon behind it.
    private bool TryReadName()
    {
        if (_line.IsEmpty || _line[_at] != (_members == 0 ? '{' : ','))
        {
            return false;
        }

        LedgerMember expected = repeated.Following(Member);
        ReadOnlySpan<byte> name = LedgerMembers.QuotedName(expected);
        if (!name.IsEmpty && _line.Slice(_at + 1).StartsWith(name))
        {
            Name = name.Slice(1, name.Length - 3);
            Member = expected;
            _at += 1 + name.Length;
            return true;
        }

        int start = _at + 1;
        int length = LengthOfText(_line.Slice(start));
        if (length == 0 || start + length >= _line.Length || _line[start + length] != ':')
        {
            return false;
        }

        Name = _line.Slice(start + 1, length - 2);
        LedgerMember found = LedgerMembers.Find(Name);
        repeated.Follow(Member, found);
        Member = found;
        _at = start + length + 1;
        return true;
    }

    private bool TryReadValue()
    {
        ReadOnlySpan<byte> rest = _line.Slice(_at);
        ReadOnlySpan<byte> last = repeated.Json(Member);
        _isRepeated = !last.IsEmpty && rest.StartsWith(last);
        int length = _isRepeated ? last.Length : LengthOfValue(rest);
        if (length == 0 || length >= rest.Length || rest[length] is not ((byte)',' or (byte)'}'))
        {
            return false;
        }

        _valueStart = _at;
        _valueLength = length;
        _at += length;
        return true;
    }

    // 0 for what the JSON reader had better judge; so with all the following.
    private static int LengthOfValue(ReadOnlySpan<byte> json) => json.IsEmpty ? 0 : json[0] switch
    {
        (byte)'"' => LengthOfText(json),
        (byte)'t' => json.StartsWith("true"u8) ? 4 : 0,
        (byte)'f' => json.StartsWith("false"u8) ? 5 : 0,
        (byte)'n' => json.StartsWith("null"u8) ? 4 : 0,
        (byte)'{' => LengthOfObject(json),
        _ => LengthOfNumber(json),
    };

    private static int LengthOfText(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty || json[0] != '"')
        {
            return 0;
        }

        ReadOnlySpan<byte> text = json.Slice(1);
        int end = IndexOfTextEnd(text);
        return end >= 0 && text[end] == '"' ? end + 2 : 0;
    }

#if NET
    private static int IndexOfTextEnd(ReadOnlySpan<byte> text) => text.IndexOfAny(TextEnds);
#else
    private static int IndexOfTextEnd(ReadOnlySpan<byte> text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] is < 0x20 or (byte)'"' or (byte)'\\')
            {
                return at;
            }
        }

        return -1;
    }
#endif

    private static int LengthOfNumber(ReadOnlySpan<byte> json)
    {
        int start = json[0] == '-' ? 1 : 0;
        int end = start + CountDigits(json.Slice(start));
        if (end == start || (end > start + 1 && json[start] == '0'))
        {
            return 0;
        }

        if (end == json.Length || json[end] != '.')
        {
            return end;
        }

        int decimals = CountDigits(json.Slice(end + 1));
        return decimals == 0 ? 0 : end + 1 + decimals;
    }

    private static int CountDigits(ReadOnlySpan<byte> json)
    {
        int count = 0;
        while (count < json.Length && (uint)(json[count] - '0') <= 9)
        {
            count++;
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int LengthOfObject(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, Nested);
            reader.Read();
            reader.Skip();
            return (int)reader.BytesConsumed;
        }
        catch (JsonException)
        {
            return 0;
        }
    }
}
