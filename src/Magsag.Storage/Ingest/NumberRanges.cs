using System.Globalization;
using Magsag.Storage.Schema;

namespace Magsag.Storage.Ingest;

/// <summary>The lowest and the highest value of each number in the records of each day, collected while records are loaded: the database would pass over each of them again for every number.</summary>
internal sealed class NumberRanges
{
    private static readonly (string Field, int Index)[] Numbers =
        [.. StoreTables.Numbers.Select(static number => (number.Field, StagingTables.Record.Columns.Index().First(column => column.Item.Name == number.Column.Name).Index))];

    private readonly Dictionary<int, (double Lowest, double Highest)[]> _days = [];

    /// <summary>The ranges as rows of <see cref="StagingTables.Number"/>.</summary>
    public IEnumerable<object?[]> Rows
    {
        get
        {
            foreach ((int day, (double Lowest, double Highest)[] ranges) in _days)
            {
                for (int number = 0; number < ranges.Length; number++)
                {
                    if (ranges[number].Lowest <= ranges[number].Highest)
                    {
                        yield return [day, Numbers[number].Field, ranges[number].Lowest, ranges[number].Highest];
                    }
                }
            }
        }
    }

    /// <summary>Passes the rows of records on.</summary>
    public IEnumerable<object?[]> Collect(IEnumerable<object?[]> rows)
    {
        foreach (object?[] row in rows)
        {
            (double Lowest, double Highest)[] ranges = RangesOf((int)((long)row[0]! / TimeSpan.TicksPerDay));
            for (int number = 0; number < Numbers.Length; number++)
            {
                if (row[Numbers[number].Index] is { } boxed)
                {
                    double value = Convert.ToDouble(boxed, CultureInfo.InvariantCulture);
                    ref (double Lowest, double Highest) range = ref ranges[number];
                    range = (Math.Min(range.Lowest, value), Math.Max(range.Highest, value));
                }
            }

            yield return row;
        }
    }

    private (double Lowest, double Highest)[] RangesOf(int day)
    {
        if (!_days.TryGetValue(day, out (double Lowest, double Highest)[]? ranges))
        {
            ranges = _days[day] = new (double, double)[Numbers.Length];
            ranges.AsSpan().Fill((double.PositiveInfinity, double.NegativeInfinity));
        }

        return ranges;
    }
}
