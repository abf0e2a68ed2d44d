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

    public bool TryId() =>
        TryPlainText(out ReadOnlySpan<byte> id)
        && id.Length == 36 && id[8] == '-' && id[13] == '-' && id[18] == '-' && id[23] == '-'
        && id.Count((byte)'-') == 4 && !id.ContainsAnyExcept(IdLetters);

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
        utcTicks = 0;
        if (!TryPlainText(out ReadOnlySpan<byte> text) || text.Length is < 20 or > 28 || text[^1] != 'Z' || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
        {
            return false;
        }

        if (!TryDigits(text[..4], out int year) || !TryDigits(text.Slice(5, 2), out int month) || !TryDigits(text.Slice(8, 2), out int day)
            || !TryDigits(text.Slice(11, 2), out int hour) || !TryDigits(text.Slice(14, 2), out int minute) || !TryDigits(text.Slice(17, 2), out int second)
            || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59
            || !TryFraction(text[19..^1], out int fraction))
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

    private static bool TryFraction(ReadOnlySpan<byte> text, out int ticks)
    {
        ticks = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text.Length < 2 || text[0] != '.' || !TryDigits(text[1..], out ticks))
        {
            return false;
        }

        for (int place = text.Length - 1; place < 7; place++)
        {
            ticks *= 10;
        }

        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (byte letter in text)
        {
            uint digit = (uint)(letter - '0');
            if (digit > 9)
            {
                return false;
            }

            number = (number * 10) + (int)digit;
        }

        return true;
    }
}
