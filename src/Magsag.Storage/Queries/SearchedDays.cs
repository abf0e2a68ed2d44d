using System.Globalization;
using Magsag.Storage.Schema;
using Magsag.Storage.Search;

namespace Magsag.Storage.Queries;

/// <summary>Narrows a search for numbers to the days in which it can find records, by the range that each number has in each day.</summary>
internal static class SearchedDays
{
    // Costs and what they are compared with were rounded to doubles: what lies so close to the end of a range may be in it.
    private const double Slack = 1e-9;

    /// <summary>Writes the statement that finds the days; null when the search asks for no number.</summary>
    public static string? Sql(IEnumerable<SearchTerm> terms, SqlParameters parameters)
    {
        string[] asked = [.. terms.Where(static term => term is { Field.Kind: SearchFieldKind.Number or SearchFieldKind.Money, IsNegated: false }).Select(term => Sql(term, parameters))];
        return asked.Length == 0 ? null : string.Join(" INTERSECT ", asked) + " ORDER BY day";
    }

    /// <summary>Cuts a filter into parts that leave out the other days; in the order of time.</summary>
    public static IEnumerable<RecordFilter> Parts(RecordFilter filter, IReadOnlyList<int> days)
    {
        for (int first = 0, end = 0; first < days.Count; first = end)
        {
            end = first + 1;
            while (end < days.Count && days[end] == days[end - 1] + 1)
            {
                end++;
            }

            RecordFilter part = Within(filter, days[first], days[end - 1]);
            if (part.Since is null || part.Until is null || part.Since < part.Until)
            {
                yield return part;
            }
        }
    }

    private static string Sql(SearchTerm term, SqlParameters parameters)
    {
        string days = $"SELECT day FROM daily_number WHERE field = {parameters.Add(term.Field!.Name)}";
        if (term.Operator == SearchOperator.IsKnown)
        {
            return days;
        }

        double value = double.Parse(term.Value, NumberStyles.Float, CultureInfo.InvariantCulture), slack = Math.Abs(value) * Slack;
        string above = $" AND highest >= {parameters.Add(value - slack)}", below = $" AND lowest <= {parameters.Add(value + slack)}";
        return term.Operator switch
        {
            SearchOperator.Greater or SearchOperator.GreaterOrEqual => days + above,
            SearchOperator.Less or SearchOperator.LessOrEqual => days + below,
            _ => days + above + below,
        };
    }

    private static RecordFilter Within(RecordFilter filter, int firstDay, int lastDay)
    {
        var since = new DateTimeOffset(firstDay * TimeSpan.TicksPerDay, TimeSpan.Zero);
        DateTimeOffset? until = lastDay < DateOnly.MaxValue.DayNumber ? new DateTimeOffset((lastDay + 1) * TimeSpan.TicksPerDay, TimeSpan.Zero) : null;
        return filter with
        {
            Since = filter.Since > since ? filter.Since : since,
            Until = until is null || filter.Until < until ? filter.Until : until,
        };
    }
}
