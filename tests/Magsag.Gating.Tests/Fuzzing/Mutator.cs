using System.Globalization;
using System.Text;

namespace Magsag.Gating.Tests.Fuzzing;

/// <summary>Changes valid inputs into nearly valid ones: by bytes and by tokens, the same way for the same seed.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> seeds, int seed)
{
    // What readers trip over: ends of number types, halves of characters, nesting, dates that calendars don't have.
    private static readonly byte[][] Tricky =
    [
        .. new[]
        {
            "9223372036854775807", "9223372036854775808", "-9223372036854775808", "2147483648", "1000000000000000", "79228162514264337593543950335", "1e28", "-1e28", "1e-28", "1e999", "-0", "0", "-1", "0.1", "00", "NaN",
            "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\"", "null", "true", "{}", "[]", "{", "}", "[", "]", ",", ":", "\"", "'", "\n", "\r", "\r\n", "\t", "\0", " ", "  ", "- ", "# ", "&a", "*a", "!!binary", "|", ">", "%",
            "0001-01-01", "9999-12-31T23:59:59.9999999Z", "2026-02-30", "2000-01-01T00:00:00+14:00", "Europe", "..", "/", "*", "default", "unlimited", "7d", "99999d", "\u2028", "\u202e", "\ufeff",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE],
        [.. Enumerable.Repeat((byte)'[', 200)], [.. Enumerable.Repeat((byte)'a', 5000)], Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 100))),
    ];

    private readonly Random _random = new(seed);

    /// <summary>The next input.</summary>
    public byte[] Next()
    {
        byte[] content = Any(seeds);
        for (int changes = _random.Next(3) == 0 ? 1 + _random.Next(4) : 1; changes > 0; changes--)
        {
            content = _random.Next(14) switch
            {
                0 => Flipped(content),
                1 => Replaced(content, Place(content), 0, Any(Tricky)),
                2 => Replaced(content, Place(content), _random.Next(20), []),
                3 => Spliced(content, Any(seeds)),
                4 => content[..Place(content)],
                5 => WithLines(content),
                < 10 => WithTokens(content),
                _ => WithValue(content),
            };
        }

        return content;
    }

    private byte[] Flipped(byte[] content)
    {
        byte[] changed = [.. content];
        if (changed.Length > 0)
        {
            changed[_random.Next(changed.Length)] ^= (byte)(1 << _random.Next(8));
        }

        return changed;
    }

    private byte[] Spliced(byte[] content, byte[] other)
    {
        int from = Place(other);
        return Replaced(content, Place(content), _random.Next(40), other[from..Math.Min(other.Length, from + _random.Next(200))]);
    }

    private byte[] WithLines(byte[] content)
    {
        List<string> lines = [.. Encoding.Latin1.GetString(content).Split('\n')];
        int line = _random.Next(lines.Count);
        switch (_random.Next(3))
        {
            case 0: lines.Insert(line, lines[_random.Next(lines.Count)]); break;
            case 1: lines.RemoveAt(line); break;
            default: (lines[line], lines[0]) = (lines[0], lines[line]); break;
        }

        return Encoding.Latin1.GetBytes(string.Join('\n', lines));
    }

    private byte[] WithTokens(byte[] content)
    {
        (int Start, int Length)[] tokens = [.. Tokens(content)];
        if (tokens.Length == 0)
        {
            return Any(Tricky);
        }

        (int start, int length) = tokens[_random.Next(tokens.Length)];
        (int otherStart, int otherLength) = tokens[_random.Next(tokens.Length)];
        return _random.Next(5) switch
        {
            0 => Replaced(content, start, length, content[otherStart..(otherStart + otherLength)]),
            1 => Replaced(content, start, 0, content[start..(start + length)]),
            2 => Replaced(content, start, length, []),
            3 => Replaced(content, start, length, Encoding.UTF8.GetBytes(_random.NextInt64().ToString(CultureInfo.InvariantCulture))),
            _ => Replaced(content, start, length, Any(Tricky)),
        };
    }

    // A value where one of its kind stands: most readers get past it, to what they do with it.
    private byte[] WithValue(byte[] content)
    {
        (int Start, int Length)[] tokens = [.. Tokens(content)];
        bool numbers = _random.Next(2) == 0;
        (int Start, int Length)[] some = [.. tokens.Where(token => numbers ? char.IsAsciiDigit((char)content[token.Start]) : content[token.Start] == (byte)'"')];
        if (some.Length == 0)
        {
            return content;
        }

        (int start, int length) = some[_random.Next(some.Length)];
        (int otherStart, int otherLength) = some[_random.Next(some.Length)];
        byte[] value = numbers && _random.Next(3) > 0
            ? Encoding.UTF8.GetBytes(Math.Round(Math.Pow(10, _random.Next(-12, 16)) * _random.NextDouble(), _random.Next(3) * 7).ToString("0.##############", CultureInfo.InvariantCulture))
            : content[otherStart..(otherStart + otherLength)];
        return Replaced(content, start, length, value);
    }

    // Words and numbers, texts in quotes, and each other sign.
    private static IEnumerable<(int Start, int Length)> Tokens(byte[] content)
    {
        for (int start = 0; start < content.Length;)
        {
            int end = start + 1;
            if (content[start] == '"')
            {
                while (end < content.Length && content[end++] != '"')
                {
                }
            }
            else if (IsOfWord(content[start]))
            {
                while (end < content.Length && IsOfWord(content[end]))
                {
                    end++;
                }
            }

            if (content[start] > ' ')
            {
                yield return (start, end - start);
            }

            start = end;
        }
    }

    private static bool IsOfWord(byte letter) => char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'_' or (byte)'.' or (byte)'-' or (byte)'+';

    private int Place(byte[] content) => _random.Next(content.Length + 1);

    private byte[] Any(IReadOnlyList<byte[]> of) => of[_random.Next(of.Count)];

    private static byte[] Replaced(byte[] content, int start, int length, byte[] by) =>
        [.. content.AsSpan(0, start), .. by, .. content.AsSpan(Math.Min(content.Length, start + length))];
}
