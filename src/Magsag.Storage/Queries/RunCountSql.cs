using System.Globalization;
using Magsag.Storage.Schema;

namespace Magsag.Storage.Queries;

/// <summary>Writes the statement that counts runs with calls: from what is kept of runs where that says it all, else from the records.</summary>
/// <remarks>
/// A run's main attribution is in its row, and each attribution has the number of runs whose main one it is; other attributions of a run are
/// rows of their own. In a period, runs that lie within it are counted by their attributions, those that reach over its ends by their records.
/// </remarks>
internal sealed class RunCountSql
{
    private static readonly string Calls = "r.run IS NOT NULL AND " + SumColumns.IsCall("r");

    private readonly CostQuery _query;
    private readonly IReadOnlyList<ResolvedTerm> _search;
    private readonly SqlDialect _dialect;
    private readonly SqlParameters _parameters = new();

    /// <exception cref="ArgumentException">Runs can't be grouped like this.</exception>
    public RunCountSql(CostQuery query, IReadOnlyList<ResolvedTerm> search, SqlDialect dialect)
    {
        if (query.GroupBy.FirstOrDefault(static dimension => dimension is not (CostDimension.Agent or CostDimension.Customer or CostDimension.Model), CostDimension.Agent) is not CostDimension.Agent)
        {
            throw new ArgumentException("Runs with calls are grouped by agent, customer and model.", nameof(query));
        }

        _query = query;
        _search = search;
        _dialect = dialect;
        Text = Build();
    }

    public string Text { get; }

    public SqlParameters Parameters => _parameters;

    private RecordFilter Filter => _query.Filter;

    private string Keys => string.Concat(_query.GroupBy.Select(static (_, index) => KeyName(index) + ", "));

    private bool IsAnsweredByRuns => _search.Count == 0 && Filter is { RunId: null, BillingTier: null, Provider: null, Operation: null, Test: null, Site: null, Tags: null or { Count: 0 }, Outcome: null, Search: null };

    private string Build()
    {
        IEnumerable<string> parts = !IsAnsweredByRuns ? [RecordPart()]
            : Filter is { Since: null, Until: null } ? WholeParts()
            : PeriodParts();
        return $"SELECT {Keys}CAST(sum(runs) AS BIGINT) FROM ({string.Join(" UNION ALL ", parts)}) AS part{GroupBy()}";
    }

    private string RecordPart()
    {
        var conditions = new RecordConditions(Filter, _search, _dialect, _parameters);
        conditions.AddRecord(Calls);
        string index = conditions.IsOfFewRuns ? _dialect.UseIndex("record_run") : "";
        return $"SELECT {Selected("s")}count(DISTINCT r.run) AS runs FROM record r{index} JOIN series s ON s.id = r.series{conditions.WhereAll}{GroupBy()}";
    }

    private IEnumerable<string> WholeParts() =>
        [$"SELECT {Selected("p")}p.runs AS runs FROM attribution p{Where("p")}", .. FurtherPart("", [])];

    private IEnumerable<string> PeriodParts()
    {
        string[] within = [.. From("u.first_ts >= "), .. Before("u.first_ts < "), .. Before("u.last_ts < ")];
        yield return $"SELECT {Selected("p")}count(*) AS runs FROM run u{_dialect.UseIndex("run_time")} JOIN attribution p ON p.id = u.attribution{Where("p", within)}{GroupBy()}";
        foreach (string part in FurtherPart($" {_dialect.OrderedJoin} run u ON u.id = m.run", [.. From("u.first_ts >= "), .. Before("u.first_ts < "), .. Before("u.last_ts < ")]))
        {
            yield return part;
        }

        if (Filter.Since is not null)
        {
            yield return ReachingPart([.. From("u.first_ts < "), .. From("u.last_ts >= ")]);
        }

        if (Filter.Until is not null)
        {
            yield return ReachingPart([.. From("u.first_ts >= "), .. Before("u.first_ts < "), .. Before("u.last_ts >= ")]);
        }
    }

    // Runs that are counted for their main attribution already aren't counted for another one of the same group.
    private IEnumerable<string> FurtherPart(string joinRun, string[] within)
    {
        string[] ofMain = [.. RecordConditions.MatchLabels(Filter, "q", _parameters), .. _query.GroupBy.Select(static dimension => $"{Column(dimension, "q")} IS NOT DISTINCT FROM {Column(dimension, "p")}")];
        if (ofMain.Length > 0)
        {
            string where = Where("p", [$"NOT coalesce({string.Join(" AND ", ofMain)}, false)", .. within]);
            yield return Distinct("m.run", "p", $"attribution p {_dialect.OrderedJoin} run_attribution m ON m.attribution = p.id {_dialect.OrderedJoin} attribution q ON q.id = m.main{joinRun}{where}");
        }
    }

    private string ReachingPart(string[] reaching)
    {
        string where = Where("s", [.. reaching, .. From("r.ts >= "), .. Before("r.ts < "), Calls]);
        return Distinct("r.run", "s", $"run u{_dialect.UseIndex("run_time")} {_dialect.OrderedJoin} record r{_dialect.UseIndex("record_run")} ON r.run = u.id {_dialect.OrderedJoin} series s ON s.id = r.series{where}");
    }

    private string Distinct(string run, string alias, string from) =>
        $"SELECT {Keys}count(*) AS runs FROM (SELECT DISTINCT {Selected(alias)}{run} FROM {from}) AS found{GroupBy()}";

    private string Where(string alias, params string[] conditions) => RecordConditions.Where([.. conditions, .. RecordConditions.MatchLabels(Filter, alias, _parameters)]);

    private IEnumerable<string> From(string comparison) => Filter.Since is { } since ? [comparison + _parameters.Add(since.UtcTicks)] : [];

    private IEnumerable<string> Before(string comparison) => Filter.Until is { } until ? [comparison + _parameters.Add(until.UtcTicks)] : [];

    private string Selected(string alias) => string.Concat(_query.GroupBy.Select((dimension, index) => $"{Column(dimension, alias)} AS {KeyName(index)}, "));

    private string GroupBy() => _query.GroupBy.Count == 0 ? "" : " GROUP BY " + Keys[..^2];

    private static string Column(CostDimension dimension, string alias) => dimension switch
    {
        CostDimension.Agent => $"{alias}.agent",
        CostDimension.Customer => $"{alias}.customer",
        _ => $"coalesce({alias}.model, {alias}.requested_model)",
    };

    private static string KeyName(int index) => string.Create(CultureInfo.InvariantCulture, $"k{index}");
}
