using System.Buffers;

namespace Magsag.Gating;

/// <summary>Walks over the text of one ledger line as Magsag writes it. Whatever looks different is refused, never guessed.</summary>
internal ref struct LineText(ReadOnlySpan<byte> line)
{
    // More digits than this might not fit a whole number of 64 bits.
    private const int MostDigits = 18;

    private static readonly SearchValues<byte> PlainLetters = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static letter => (byte)letter).Where(static letter => letter is not ((byte)'"' or (byte)'\\'))]);
    private static readonly SearchValues<byte> EndsText = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, ' ').Select(static control => (byte)control)]);
    private static readonly SearchValues<byte> IdLetters = SearchValues.Create("0123456789abcdefABCDEF-"u8);

    private readonly ReadOnlySpan<byte> _line = line;
    private int _at;

    public readonly bool AtEnd => _at == _line.Length;

    /// <summary>How far the text was walked over.</summary>
    public readonly int At => _at;

    /// <summary>What was walked over since a place.</summary>
    public readonly ReadOnlySpan<byte> Since(int start) => _line[start.._at];

    public bool TryTake(byte letter)
    {
        if ((uint)_at < (uint)_line.Length && _line[_at] == letter)
        {
            _at++;
            return true;
        }

        return false;
    }

    public bool TryTake(ReadOnlySpan<byte> word)
    {
        if (_line[_at..].StartsWith(word))
        {
            _at += word.Length;
            return true;
        }

        return false;
    }

    /// <summary>A text without escapes in quotation marks; it may hold any letter.</summary>
    public bool TryText(out ReadOnlySpan<byte> text) => TryText(out text, _line.Length > _at ? _line[(_at + 1)..].IndexOfAny(EndsText) : -1);

    /// <summary>A text in quotation marks that is plain ASCII without escapes.</summary>
    public bool TryPlainText(out ReadOnlySpan<byte> text) => TryText(out text, _line.Length > _at ? _line[(_at + 1)..].IndexOfAnyExcept(PlainLetters) : -1);

    public bool TryId()
    {
        const int Length = 36;
        if (_line.Length - _at < Length + 2 || _line[_at] != '"' || _line[_at + Length + 1] != '"')
        {
            return false;
        }

        ReadOnlySpan<byte> id = _line.Slice(_at + 1, Length);
        _at += Length + 2;
        return id[8] == '-' && id[13] == '-' && id[18] == '-' && id[23] == '-' && id.Count((byte)'-') == 4 && !id.ContainsAnyExcept(IdLetters);
    }

    /// <summary>A whole number of 0 or more.</summary>
    public bool TryCount(out long count)
    {
        int start = _at;
        count = 0;
        while (_at < _line.Length && (uint)(_line[_at] - '0') is var digit && digit <= 9)
        {
            count = (count * 10) + digit;
            _at++;
        }

        int digits = _at - start;
        return digits is > 0 and <= MostDigits && (_line[start] != '0' || digits == 1);
    }

    /// <summary>A decimal number of 0 or more without an exponent.</summary>
    public bool TryMoney(out decimal amount)
    {
        int start = _at;
        amount = 0;
        if (!TryCount(out long whole))
        {
            return false;
        }

        if (!TryTake((byte)'.'))
        {
            amount = whole;
            return true;
        }

        int fraction = _at;
        long mantissa = whole;
        while (_at < _line.Length && (uint)(_line[_at] - '0') is var digit && digit <= 9)
        {
            mantissa = (mantissa * 10) + digit;
            _at++;
        }

        int places = _at - fraction;
        if (places == 0 || _at - start - 1 > MostDigits)
        {
            return false;
        }

        amount = new decimal((int)mantissa, (int)(mantissa >> 32), 0, false, (byte)places);
        return true;
    }

    /// <summary>A time in UTC: <c>"2026-11-23T20:59:32.0447217Z"</c>, with 0 to 7 decimals.</summary>
    public bool TryTime(out long utcTicks)
    {
        const int ToSeconds = 20;
        utcTicks = 0;
        if (_line.Length - _at < ToSeconds + 2)
        {
            return false;
        }

        ReadOnlySpan<byte> text = _line.Slice(_at, ToSeconds);
        int year = (Pair(text, 1) * 100) + Pair(text, 3), month = Pair(text, 6), day = Pair(text, 9);
        int hour = Pair(text, 12), minute = Pair(text, 15), second = Pair(text, 18);
        if (text[0] != '"' || text[5] != '-' || text[8] != '-' || text[11] != 'T' || text[14] != ':' || text[17] != ':'
            || year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
        {
            return false;
        }

        _at += ToSeconds;
        if (!TryFraction(out int fraction) || !TryTake("Z\""u8))
        {
            return false;
        }

        utcTicks = new DateTime(year, month, day, hour, minute, second).Ticks + fraction;
        return true;
    }

    /// <summary>A value that only has to be well-formed.</summary>
    public bool TrySkip() => _at < _line.Length && _line[_at] switch
    {
        (byte)'"' => TryPlainText(out _),
        (byte)'t' => TryTake("true"u8),
        (byte)'f' => TryTake("false"u8),
        (byte)'n' => TryTake("null"u8),
        _ => TryMoney(out _),
    };

    private bool TryText(out ReadOnlySpan<byte> text, int length)
    {
        if (length < 0 || _line[_at] != '"' || _line[_at + 1 + length] != '"')
        {
            text = default;
            return false;
        }

        text = _line.Slice(_at + 1, length);
        _at += length + 2;
        return true;
    }

    // The seconds after the point, in ticks; 0 when there is none.
    private bool TryFraction(out int ticks)
    {
        ticks = 0;
        if (!TryTake((byte)'.'))
        {
            return true;
        }

        int unit = (int)TimeSpan.TicksPerSecond;
        int start = _at;
        while (_at < _line.Length && (uint)(_line[_at] - '0') is var digit && digit <= 9)
        {
            unit /= 10;
            ticks += (int)digit * unit;
            _at++;
        }

        return _at > start && unit > 0;
    }

    // Two digits as a number, something below 0 when they aren't both digits.
    private static int Pair(ReadOnlySpan<byte> text, int at)
    {
        uint tens = (uint)(text[at] - '0'), ones = (uint)(text[at + 1] - '0');
        return tens <= 9 && ones <= 9 ? (int)((tens * 10) + ones) : -10_000;
    }
}
