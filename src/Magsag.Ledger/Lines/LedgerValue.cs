using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Magsag.Ledger.Lines;

/// <summary>The value of a member of a ledger line, as it stands there.</summary>
/// <remarks>
/// What Magsag writes is read off the digits; everything else is up to the JSON reader, and so is what to say about it.
/// Its state is large: a method that may need one pays for it even when it doesn't, so each has a method of its own.
/// </remarks>
internal readonly ref struct LedgerValue(ReadOnlySpan<byte> json, bool isRepeated = false)
{
    // So many digits fit a long, and a double holds numbers of so many exactly.
    private const int MostDigits = 18;
    private const int MostExactDigits = 15;
    private const int IdLength = 36;

    // Powers of ten that a double holds exactly, so that one division rounds once.
    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    public ReadOnlySpan<byte> Json { get; } = json;

    /// <summary>True when the member is known to have had the same value last.</summary>
    public bool IsRepeated { get; } = isRepeated;

    public bool IsText => Json[0] == '"';

    public bool IsNull => Json[0] == 'n';

    public bool IsObject => Json[0] == '{';

    public bool IsEscaped => Json.IndexOf((byte)'\\') >= 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public string? ToText() => Read().GetString();

    public int ToInt32() => Json.Length == 1 && IsDigit(Json[0]) ? Json[0] - '0' : GetInt32();

    public long ToInt64() => TryReadDigits(MostDigits, out long digits, out int decimals) && decimals == 0 ? digits : GetInt64();

    public decimal ToDecimal() => TryReadDigits(MostDigits, out long digits, out int decimals)
        ? new decimal(unchecked((int)digits), (int)(digits >> 32), 0, isNegative: false, (byte)decimals)
        : GetDecimal();

    public double ToDouble() => TryReadDigits(MostExactDigits, out long digits, out int decimals) ? digits / Powers[decimals] : GetDouble();

    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool ToBoolean() => Read().GetBoolean();

    public Guid ToGuid() =>
        Json.Length == IdLength + 2 && IsText && Utf8Parser.TryParse(Json.Slice(1, IdLength), out Guid id, out int length, 'D') && length == IdLength
            ? id
            : GetGuid();

    public DateTimeOffset ToTime() => UtcTime.TryRead(Json, out DateTimeOffset time) ? time : GetDateTimeOffset();

    /// <summary>A JSON reader that stands on the value.</summary>
    public Utf8JsonReader Read()
    {
        var reader = new Utf8JsonReader(Json);
        reader.Read();
        return reader;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int GetInt32() => Read().GetInt32();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long GetInt64() => Read().GetInt64();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private decimal GetDecimal() => Read().GetDecimal();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private double GetDouble() => Read().GetDouble();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Guid GetGuid() => Read().GetGuid();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private DateTimeOffset GetDateTimeOffset() => Read().GetDateTimeOffset();

    // Numbers without a sign and an exponent.
    private bool TryReadDigits(int most, out long digits, out int decimals)
    {
        digits = 0;
        decimals = 0;
        int point = -1;
        if (Json.Length > most)
        {
            return false;
        }

        for (int at = 0; at < Json.Length; at++)
        {
            byte letter = Json[at];
            if (IsDigit(letter))
            {
                digits = (digits * 10) + (letter - '0');
                continue;
            }

            if (letter != '.' || point >= 0)
            {
                return false;
            }

            point = at;
        }

        decimals = point < 0 ? 0 : Json.Length - point - 1;
        return true;
    }

    private static bool IsDigit(byte letter) => (uint)(letter - '0') <= 9;
}
