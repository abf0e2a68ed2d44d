using System.Globalization;
using Magsag.Cli.Stores;
using Magsag.Ledger.Records;

namespace Magsag.Cli.Html;

/// <summary>What each model cost on each day of a time zone.</summary>
/// <remarks>
/// Stores add up by days of UTC. What lies between a midnight of UTC and one of the zone is asked for by itself and moved from the one
/// day to the other, so that a large store isn't read record by record.
/// </remarks>
internal sealed class DailySpend(StoredCalls calls, TimeZoneInfo zone)
{
    private readonly Dictionary<(DateTime Day, string? Model), RunSpend> _rows = [];

    public async Task<IReadOnlyList<RunSpend>> ReadAsync()
    {
        foreach (CostGroup group in (await calls.SummarizeAsync(CostDimension.Day, CostDimension.Model)).Where(StoreSummary.HasPart))
        {
            Add(DateTime.ParseExact(group.Key[0]!, "yyyy-MM-dd", CultureInfo.InvariantCulture), group.Key[1], group.Totals, 1);
        }

        if (zone != TimeZoneInfo.Utc && _rows.Count > 0)
        {
            await MoveAsync(_rows.Keys.Min(static row => row.Day), _rows.Keys.Max(static row => row.Day));
        }

        return [.. _rows.Values.Where(static row => row.Calls != 0 || row.CostUsd != 0m).OrderBy(static row => row.Start).ThenBy(static row => row.Model, StringComparer.Ordinal)];
    }

    private async Task MoveAsync(DateTime first, DateTime last)
    {
        // Where days are shown as months, only what lies between two months matters. The zone may have a day more or less.
        bool isDaily = (last - first).Days <= SpendGrid.MostColumns + 2;
        for (DateTime day = first; day <= last.AddDays(1); day = day.AddDays(1))
        {
            if (isDaily || day.Day == 1)
            {
                await MoveAsync(day);
            }
        }
    }

    // East of Greenwich a day begins before that of UTC, west of it after.
    private async Task MoveAsync(DateTime day)
    {
        var inUtc = new DateTimeOffset(day, TimeSpan.Zero);
        DateTimeOffset inZone = TimeText.InZone(day, zone);
        (DateTimeOffset from, DateTimeOffset to) = inZone < inUtc ? (inZone, inUtc) : (inUtc, inZone);
        (DateTime dayOfUtc, DateTime dayOfZone) = inZone < inUtc ? (day.AddDays(-1), day) : (day, day.AddDays(-1));
        from = calls.Filter.Since is { } since && since > from ? since : from;
        to = calls.Filter.Until is { } until && until < to ? until : to;
        if (from >= to)
        {
            return;
        }

        StoredCalls between = calls with { Filter = calls.Filter with { Since = from, Until = to } };
        foreach (CostGroup group in (await between.SummarizeAsync(CostDimension.Model)).Where(StoreSummary.HasPart))
        {
            Add(dayOfUtc, group.Key[0], group.Totals, -1);
            Add(dayOfZone, group.Key[0], group.Totals, 1);
        }
    }

    private void Add(DateTime day, string? model, TokenTotals totals, int sign)
    {
        RunSpend row = _rows.GetValueOrDefault((day, model)) ?? new RunSpend(TimeText.InZone(day, zone), new CallAttribution { Model = model }, 0, 0, 0m, 0);
        _rows[(day, model)] = row with
        {
            Calls = row.Calls + (sign * totals.Calls),
            Tokens = row.Tokens + (sign * totals.TotalTokens),
            CostUsd = row.CostUsd + (sign * totals.CostUsd),
            CallsOfUnknownCost = row.CallsOfUnknownCost + (sign * (totals.UnmeteredCalls + totals.UnpricedCalls + totals.LowerBoundCalls)),
            EstimatedCalls = row.EstimatedCalls + (sign * totals.EstimatedCalls),
        };
    }
}
