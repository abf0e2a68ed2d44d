using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Magsag.Ledger.Lines;

/// <summary>Writes the members of one ledger line, one after the other, into memory that is known to be large enough.</summary>
/// <remarks>Names are given with what stands before and after them (<c>,"agent":"</c>), so that each is one copy.</remarks>
internal ref struct LineCursor(Span<byte> target)
{
    private readonly Span<byte> _target = target;

    /// <summary>How many bytes are written.</summary>
    public int Length { get; private set; }

    public void Raw(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_target.Slice(Length));
        Length += text.Length;
    }

    public void Text(ReadOnlySpan<byte> name, string? value)
    {
        if (value is null)
        {
            return;
        }

        Raw(name);
        Length += LedgerText.Write(value, _target.Slice(Length));
        Byte((byte)'"');
    }

    /// <summary>A value that is JSON already.</summary>
    public void Json(ReadOnlySpan<byte> name, string? value)
    {
        if (value is null)
        {
            return;
        }

        Raw(name);
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        Raw(bytes);
    }

    public void Word(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Raw(name);
        Raw(value);
        Byte((byte)'"');
    }

    public void Id(ReadOnlySpan<byte> name, Guid value)
    {
        Raw(name);
        Utf8Formatter.TryFormat(value, _target.Slice(Length), out int written);
        Length += written;
        Byte((byte)'"');
    }

    public void Time(ReadOnlySpan<byte> name, DateTime utc)
    {
        Raw(name);
        Utf8Formatter.TryFormat(utc, _target.Slice(Length), out int written, 'O');

        // Always seven decimals and a Z; what only pads is left out.
        Length += written - 1;
        TrimZeros();
        Raw("Z\""u8);
    }

    public void Number(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
        {
            Raw(name);
            Digits(number);
        }
    }

    public void Money(ReadOnlySpan<byte> name, decimal? value)
    {
        if (value is not { } money)
        {
            return;
        }

        Raw(name);
        int start = Length;
        Utf8Formatter.TryFormat(money, _target.Slice(Length), out int written);
        Length += written;
        if (_target.Slice(start, written).IndexOf((byte)'.') >= 0)
        {
            TrimZeros();
        }
    }

    public void Measure(ReadOnlySpan<byte> name, double? value)
    {
        // JSON has no NaN and no infinity; a measurement that isn't a number is unknown.
        if (value is not { } number || double.IsNaN(number) || double.IsInfinity(number))
        {
            return;
        }

        Raw(name);

        // Nearly all are rounded to thousandths, and whole numbers print many times faster; others need the shortest text that reads back.
        long thousandths = number is >= 0 and < 1e12 ? (long)((number * 1000) + 0.5) : -1;
        if (thousandths >= 0 && thousandths / 1000.0 == number)
        {
            Thousandths(thousandths);
        }
        else
        {
            Length += LedgerText.Write(number.ToString("R", CultureInfo.InvariantCulture), _target.Slice(Length));
        }
    }

    private void Thousandths(long value)
    {
        Digits(value / 1000);
        int fraction = (int)(value % 1000);
        if (fraction == 0)
        {
            return;
        }

        Byte((byte)'.');
        Byte((byte)('0' + (fraction / 100)));
        Byte((byte)('0' + (fraction / 10 % 10)));
        Byte((byte)('0' + (fraction % 10)));
        TrimZeros();
    }

    private void Digits(long value)
    {
        Utf8Formatter.TryFormat(value, _target.Slice(Length), out int written);
        Length += written;
    }

    private void TrimZeros()
    {
        while (_target[Length - 1] == (byte)'0')
        {
            Length--;
        }

        if (_target[Length - 1] == (byte)'.')
        {
            Length--;
        }
    }

    private void Byte(byte value) => _target[Length++] = value;
}
