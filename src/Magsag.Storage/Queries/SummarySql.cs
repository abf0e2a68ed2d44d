using System.Globalization;
using Magsag.Storage.Schema;

namespace Magsag.Storage.Queries;

/// <summary>Writes the statement that adds calls up: from a roll-up as far as it goes, from records for the rest.</summary>
/// <remarks>A row of its result is the day (where the query groups by it), the other dimensions, the outcome, the sums.</remarks>
internal sealed class SummarySql
{
    private static readonly HashSet<CostDimension> TimeOrOutcome = [CostDimension.Day, CostDimension.Month, CostDimension.Outcome];

    private static readonly Dictionary<CostDimension, string> Columns = new()
    {
        [CostDimension.Agent] = "x.agent",
        [CostDimension.Customer] = "x.customer",
        [CostDimension.BillingTier] = "x.billing_tier",
        [CostDimension.Provider] = "x.provider",
        [CostDimension.Model] = "coalesce(x.model, x.requested_model)",
        [CostDimension.Operation] = "x.operation",
        [CostDimension.Test] = "x.test",
        [CostDimension.Site] = "x.site",
    };

    private static readonly CostDimension[] CodeDimensions = [CostDimension.Test, CostDimension.Site];
    private static readonly CostDimension[] ModelDimensions = [CostDimension.Provider, CostDimension.Model];

    private readonly CostQuery _query;
    private readonly IReadOnlyList<ResolvedTerm> _search;
    private readonly SqlDialect _dialect;
    private readonly IReadOnlyCollection<long>? _runs;
    private readonly SqlParameters _parameters = new();

    /// <summary>Writes the statement.</summary>
    /// <param name="query">The query.</param>
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

    private string Build()
    {
        string[] keys = [.. HasDay ? ["day"] : (string[])[], .. Labels.Select(static (_, index) => KeyName(index)), "outcome"];
        IReadOnlyList<string> numbers = SumColumns.NumbersOf(_dialect);
        string sums = string.Join(", ", numbers.Select(static (column, index) => index < SumColumns.Counts.Count ? $"CAST(sum({column}) AS BIGINT)" : $"sum({column})"));

        // Few calls have extras: they are added up by themselves, in rows that leave the other sums alone, so that all the others cost nothing.
        string zeros = string.Join(", ", numbers.Select(static _ => "0"));
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
            yield return RollUpPart(period + rollUp.Suffix, first, end, ofExtras);
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
            : !filtersCode && !filtersCallers && Labels.All(ModelDimensions.Contains) ? RollUp.Models
            : !filtersCode && Labels.All(static label => Columns.ContainsKey(label) && !CodeDimensions.Contains(label)) ? RollUp.Callers
            : !filtersCallers && !filtersModels && Labels.All(CodeDimensions.Contains) ? RollUp.Code
            : null;
    }

    private string RollUpPart(string table, int? firstDay, int? endDay, bool ofExtras)
    {
        List<string> conditions = [.. RecordConditions.MatchLabels(_query.Filter, "x", _parameters)];
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
            .. Labels.Select((dimension, index) => $"{Columns[dimension]} AS {KeyName(index)}"),
            "x.outcome AS outcome",
            .. ofExtras ? [SumColumns.Extras] : SumColumns.NumbersOf(_dialect).Select(static column => $"x.{column} AS {column}"),
        ];
        return $"SELECT {string.Join(", ", selected)} FROM {table} x{RecordConditions.Where(conditions)}";
    }

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
            conditions.AddRecord(SumColumns.IsCall("r"));
        }

        string[] selected =
        [
            $"CAST(r.ts / {TimeSpan.TicksPerDay.ToString(CultureInfo.InvariantCulture)} AS INTEGER) AS day",
            .. Labels.Select((dimension, index) => $"{ColumnOfRecord(dimension)} AS {KeyName(index)}"),
            "r.outcome AS outcome",
            .. ofExtras ? ["r.extras AS extras"] : SumColumns.AddedBy(_dialect, "c.was_unknown").Zip(SumColumns.NumbersOf(_dialect), static (value, column) => $"{value} AS {column}"),
        ];

        // Naming the runs once more keeps PostgreSQL from reading all there are.
        string runs = _runs is null ? "" : $" AND u.id IN ({RecordConditions.WriteList(_runs)})";
        string run = Labels.Contains(CostDimension.Run) ? " LEFT JOIN run u ON u.id = r.run" + runs : "";
        string tag = Labels.Contains(CostDimension.Tag) ? $" LEFT JOIN series_tag t ON t.series = s.id AND t.name = {_parameters.Add(_query.Tag!)}" : "";
        string index = conditions.IsOfFewRuns ? _dialect.UseIndex("record_run") : "";
        return $"SELECT {string.Join(", ", selected)} FROM record r{index} JOIN series s ON s.id = r.series{run}{tag}{RecordReader.JoinCorrection}{conditions.WhereAll}";
    }

    private static string ColumnOfRecord(CostDimension dimension) => dimension switch
    {
        CostDimension.Run => "u.run_id",
        CostDimension.Tag => "t.value",
        _ => Columns[dimension].Replace("x.", "s.", StringComparison.Ordinal),
    };

    private static string KeyName(int index) => string.Create(CultureInfo.InvariantCulture, $"k{index}");
}
