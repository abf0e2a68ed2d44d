using System.Globalization;
using Magsag.Ledger.Records;

namespace Magsag.Storage;

/// <summary>Writes the statement that adds calls up: from a roll-up as far as it goes, from records for the rest.</summary>
/// <remarks>A row of its result is the day (where it is asked for), the other dimensions, the outcome, the sums.</remarks>
internal sealed class SummarySql
{
    private static readonly HashSet<CostDimension> TimeOrOutcome = [CostDimension.Day, CostDimension.Month, CostDimension.Outcome];

    private static readonly Dictionary<CostDimension, string> DailyColumns = new()
    {
        [CostDimension.Agent] = "x.agent",
        [CostDimension.Customer] = "x.customer",
        [CostDimension.BillingTier] = "x.billing_tier",
        [CostDimension.Provider] = "x.provider",
        [CostDimension.Model] = "coalesce(x.model, x.requested_model)",
        [CostDimension.Operation] = "x.operation",
    };

    private static readonly Dictionary<CostDimension, string> CodeColumns = new()
    {
        [CostDimension.Test] = "x.test",
        [CostDimension.Site] = "x.site",
    };

    // What is a call: neither a cache hit nor a correction.
    private const string Call = "r.outcome NOT IN (3, 4)";

    private static readonly RollUp Models = new("_model", HasMonths: false, DailyColumns);
    private static readonly RollUp Callers = new("", HasMonths: true, DailyColumns);
    private static readonly RollUp Code = new("_code", HasMonths: true, CodeColumns);

    private readonly CostQuery _query;
    private readonly IReadOnlyList<ResolvedTerm> _search;
    private readonly SqlDialect _dialect;
    private readonly IReadOnlyCollection<long>? _runs;
    private readonly SqlParameters _parameters = new();

    /// <summary>Writes the statement.</summary>
    /// <param name="query">What is asked for.</param>
    /// <param name="search">The terms of the query's search.</param>
    /// <param name="dialect">The database's dialect.</param>
    /// <param name="runs">The rows of the runs that are meant; null for all.</param>
    public SummarySql(CostQuery query, IReadOnlyList<ResolvedTerm> search, SqlDialect dialect, IReadOnlyCollection<long>? runs = null)
    {
        _query = query;
        _search = search;
        _dialect = dialect;
        _runs = runs;
        Labels = [.. query.GroupBy.Where(static dimension => !TimeOrOutcome.Contains(dimension)).Distinct()];
        HasDay = query.GroupBy.Any(static dimension => dimension is CostDimension.Day or CostDimension.Month);
        Text = Build();
    }

    /// <summary>The dimensions that are columns of the result besides the day and the outcome.</summary>
    public IReadOnlyList<CostDimension> Labels { get; }

    public bool HasDay { get; }

    public string Text { get; }

    public SqlParameters Parameters => _parameters;

    private IEnumerable<string> MoneyColumns => _dialect.CostColumns.Concat(_dialect.AvoidedColumns);

    private string Build()
    {
        string[] keys = [.. HasDay ? ["day"] : (string[])[], .. Labels.Select(static (_, index) => KeyName(index)), "outcome"];
        string sums = string.Join(", ", [
            .. SumColumns.Counts.Select(static column => $"CAST(sum({column}) AS BIGINT)"),
            .. MoneyColumns.Select(static column => $"sum({column})")]);

        // Few calls have extras: they are added up by themselves, in rows that leave the other sums alone, so that all the others cost nothing.
        string zeros = string.Join(", ", SumColumns.Counts.Concat(MoneyColumns).Select(static _ => "0"));
        return $"SELECT {string.Join(", ", keys)}, {sums}, CAST(NULL AS text) FROM ({Parts(ofExtras: false)}) AS part GROUP BY {string.Join(", ", keys)} UNION ALL "
            + $"SELECT {string.Join(", ", keys)}, {zeros}, extras_total({SumColumns.Extras}) FROM ({Parts(ofExtras: true)}) AS extra GROUP BY {string.Join(", ", keys)}";
    }

    private string Parts(bool ofExtras) => string.Join(" UNION ALL ", EachPart(ofExtras));

    private IEnumerable<string> EachPart(bool ofExtras)
    {
        if (FindRollUp() is not { } rollUp)
        {
            yield return RecordPart(_query.Filter, ofExtras);
            yield break;
        }

        var range = new DayRange(_query.Filter.Since, _query.Filter.Until);
        foreach ((string period, int? first, int? end) in PeriodsOf(range, rollUp))
        {
            yield return RollUpPart(period + rollUp.Suffix, rollUp.Columns, first, end, ofExtras);
        }

        foreach ((long from, long to) in range.Edges)
        {
            yield return RecordPart(_query.Filter with { Since = new DateTimeOffset(from, TimeSpan.Zero), Until = new DateTimeOffset(to, TimeSpan.Zero) }, ofExtras);
        }
    }

    // Months have far fewer rows than their days.
    private IEnumerable<(string Period, int? First, int? End)> PeriodsOf(DayRange range, RollUp rollUp)
    {
        if (!range.HasDays)
        {
            yield break;
        }

        if (!rollUp.HasMonths || !range.HasMonths || _query.GroupBy.Contains(CostDimension.Day))
        {
            yield return ("daily", range.FirstDay, range.EndDay);
            yield break;
        }

        yield return ("monthly", range.FirstMonth, range.EndMonth);
        if (range.FirstDay < range.FirstMonth)
        {
            yield return ("daily", range.FirstDay, range.FirstMonth);
        }

        if (range.EndMonth < range.EndDay)
        {
            yield return ("daily", range.EndMonth, range.EndDay);
        }
    }

    private RollUp? FindRollUp()
    {
        RecordFilter filter = _query.Filter;
        bool needsRecords = filter.RunId is not null || filter.Tags is { Count: > 0 } || _search.Count > 0;
        bool filtersCode = filter.Test is not null || filter.Site is not null;
        bool filtersCallers = filter is not { Agent: null, Customer: null, BillingTier: null, Operation: null };
        bool filtersModels = filter is not { Provider: null, Model: null };
        return needsRecords ? null
            : !filtersCode && !filtersCallers && Labels.All(static label => label is CostDimension.Provider or CostDimension.Model) ? Models
            : !filtersCode && Labels.All(DailyColumns.ContainsKey) ? Callers
            : !filtersCallers && !filtersModels && Labels.All(CodeColumns.ContainsKey) ? Code
            : null;
    }

    private string RollUpPart(string table, IReadOnlyDictionary<CostDimension, string> columns, int? firstDay, int? endDay, bool ofExtras)
    {
        List<string> conditions = [.. RecordConditions.OfLabels(_query.Filter, "x", _parameters)];
        if (firstDay is { } first)
        {
            conditions.Add($"x.day >= {_parameters.Add(first)}");
        }

        if (endDay is { } end)
        {
            conditions.Add($"x.day < {_parameters.Add(end)}");
        }

        if (_query.Filter.Outcome is { } outcome)
        {
            conditions.Add($"x.outcome = {((int)outcome).ToString(CultureInfo.InvariantCulture)}");
        }

        if (ofExtras)
        {
            conditions.Add("x.extras IS NOT NULL");
        }

        string[] selected =
        [
            "x.day AS day",
            .. Labels.Select((dimension, index) => $"{columns[dimension]} AS {KeyName(index)}"),
            "x.outcome AS outcome",
            .. ofExtras ? [SumColumns.Extras] : SumColumns.Counts.Concat(MoneyColumns).Select(static column => $"x.{column} AS {column}"),
        ];
        return $"SELECT {string.Join(", ", selected)} FROM {table} x{RecordConditions.Where(conditions)}";
    }

    // Counts as RunningTotals does: a cache hit is in no figure, a failed call without usage was most likely never billed, and a
    // correction adds to the cost alone; where the cost wasn't known before, it takes the call out of those of unknown cost.
    private string RecordPart(RecordFilter filter, bool ofExtras)
    {
        var conditions = new RecordConditions(filter, _search, _dialect, _parameters);
        if (_runs is not null)
        {
            conditions.AddRuns(_runs);
        }

        if (ofExtras)
        {
            conditions.AddRecord("r.extras IS NOT NULL");
            conditions.AddRecord(Call);
        }

        string[] selected =
        [
            $"CAST(r.ts / {TimeSpan.TicksPerDay.ToString(CultureInfo.InvariantCulture)} AS INTEGER) AS day",
            .. Labels.Select((dimension, index) => $"{RecordColumn(dimension)} AS {KeyName(index)}"),
            "r.outcome AS outcome",
            .. ofExtras ? ["r.extras AS extras"] : RecordSums(),
        ];

        // Naming the runs once more keeps PostgreSQL from reading all there are.
        string runs = _runs is null ? "" : $" AND u.id IN ({RecordConditions.ListOf(_runs)})";
        string run = Labels.Contains(CostDimension.Run) ? " LEFT JOIN run u ON u.id = r.run" + runs : "";
        string tag = Labels.Contains(CostDimension.Tag) ? $" LEFT JOIN series_tag t ON t.series = s.id AND t.name = {_parameters.Add(_query.Tag!)}" : "";
        string index = conditions.IsOfFewRuns ? _dialect.UseIndex("record_run") : "";
        return $"SELECT {string.Join(", ", selected)} FROM record r{index} JOIN series s ON s.id = r.series{run}{tag}{RecordRows.JoinCorrection}{conditions.WhereAll}";
    }

    private string[] RecordSums()
    {
        const string Tokens = "coalesce(r.input_tokens, 0) + coalesce(r.output_tokens, 0)";
        string unknownCost = $"r.{_dialect.CostColumns[0]} IS NULL";
        string metered = $"r.usage_source <> {(int)UsageSource.Unknown}";
        return
        [
            "1 AS records",
            $"CASE WHEN {metered} THEN 0 WHEN {unknownCost} AND {Call} AND r.outcome <> 1 THEN 1 ELSE -coalesce(c.was_unknown, 0) END AS unmetered",
            $"CASE WHEN NOT {metered} THEN 0 WHEN {unknownCost} AND {Call} THEN 1 ELSE -coalesce(c.was_unknown, 0) END AS unpriced",
            $"CASE WHEN NOT {metered} THEN 0 WHEN {unknownCost} AND {Call} THEN {Tokens} ELSE -coalesce(c.was_unknown, 0) * ({Tokens}) END AS unpriced_tokens",
            $"CASE WHEN r.usage_source = {(int)UsageSource.Counted} AND {Call} THEN 1 ELSE 0 END AS estimated",
            .. SumColumns.Counts.SkipWhile(static column => column != "input_tokens").Select(static column => $"CASE WHEN {Call} THEN coalesce(r.{column}, 0) ELSE 0 END AS {column}"),
            .. _dialect.CostColumns.Select(static column => $"CASE WHEN r.outcome <> 3 THEN coalesce(r.{column}, 0) ELSE 0 END AS {column}"),
            .. _dialect.AvoidedColumns.Select(static column => $"coalesce(r.{column}, 0) AS {column}"),
        ];
    }

    private static string RecordColumn(CostDimension dimension) => dimension switch
    {
        CostDimension.Run => "u.run_id",
        CostDimension.Tag => "t.value",
        _ => (DailyColumns.GetValueOrDefault(dimension) ?? CodeColumns[dimension]).Replace("x.", "s.", StringComparison.Ordinal),
    };

    private static string KeyName(int index) => string.Create(CultureInfo.InvariantCulture, $"k{index}");
}
