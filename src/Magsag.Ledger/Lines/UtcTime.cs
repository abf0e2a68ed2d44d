namespace Magsag.Ledger.Lines;

/// <summary>Reads times as ledger lines have them: <c>"2026-11-30T18:17:00.25Z"</c>.</summary>
internal static class UtcTime
{
    private const int SecondsLength = 19;
    private const int MostDecimals = 7;

    /// <summary>Reads a time with its quotes; false when it is written in another way, which needn't be wrong.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, out DateTimeOffset time)
    {
        time = default;
        if (json.Length < SecondsLength + 3 || json[0] != '"' || json[json.Length - 1] != '"' || json[json.Length - 2] != 'Z')
        {
            return false;
        }

        ReadOnlySpan<byte> text = json.Slice(1, json.Length - 3);
        int year = (Number(text, 0) * 100) + Number(text, 2);
        int month = Number(text, 5), day = Number(text, 8), hour = Number(text, 11), minute = Number(text, 14), second = Number(text, 17);
        bool isTime = text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':'
            && Number(text, 0) >= 0 && Number(text, 2) >= 0 && year >= 1
            && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && hour is >= 0 and <= 23 && minute is >= 0 and <= 59 && second is >= 0 and <= 59;
        if (!isTime || !TryReadDecimals(text.Slice(SecondsLength), out long ticks))
        {
            return false;
        }

        time = new DateTimeOffset(new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks + ticks, TimeSpan.Zero);
        return true;
    }

    private static bool TryReadDecimals(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text[0] != '.' || text.Length is < 2 or > MostDecimals + 1)
        {
            return false;
        }

        for (int at = 1; at <= MostDecimals; at++)
        {
            int digit = at < text.Length ? text[at] - '0' : 0;
            if (digit is < 0 or > 9)
            {
                return false;
            }

            ticks = (ticks * 10) + digit;
        }

        return true;
    }

    // Two digits; a negative number that no other makes up for where one isn't a digit.
    private static int Number(ReadOnlySpan<byte> text, int at)
    {
        uint tens = (uint)(text[at] - '0'), ones = (uint)(text[at + 1] - '0');
        return tens <= 9 && ones <= 9 ? (int)((tens * 10) + ones) : -1;
    }
}
