using System.Globalization;
using Magsag.Ledger.Records;
using Magsag.Storage.Schema;
using Magsag.Storage.Search;

namespace Magsag.Storage.Queries;

/// <summary>The conditions of a filter in SQL, apart by what they are about: each kind can be answered by another index.</summary>
internal sealed class RecordConditions
{
    private readonly SqlDialect _dialect;
    private readonly List<string> _series = [];
    private readonly List<string> _records = [];
    private readonly List<string> _mixed = [];

    public RecordConditions(RecordFilter filter, IEnumerable<ResolvedTerm> search, SqlDialect dialect, SqlParameters parameters)
    {
        _dialect = dialect;
        Parameters = parameters;
        AddSeries(filter);
        AddRecords(filter);
        foreach (ResolvedTerm term in search)
        {
            Add(term);
        }
    }

    public SqlParameters Parameters { get; }

    /// <summary>Conditions on the series alone.</summary>
    public IReadOnlyList<string> Series => _series;

    /// <summary>Conditions on the record alone.</summary>
    public IReadOnlyList<string> Records => _records;

    /// <summary>Conditions on the record, its series and its run together.</summary>
    public IReadOnlyList<string> Mixed => _mixed;

    /// <summary>True when the record has to be of one run, or of one of few.</summary>
    public bool IsOfFewRuns { get; private set; }

    /// <summary>True when the record has to have ended otherwise than well, which few do.</summary>
    public bool IsOfRareOutcome { get; private set; }

    public string WhereAll => Where([.. _records, .. _mixed, .. _series]);

    public static string Where(IReadOnlyCollection<string> conditions) => conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", conditions);

    public void AddRecord(string condition) => _records.Add(condition);

    /// <summary>Asks for records of these runs.</summary>
    public void AddRuns(IEnumerable<long> runs)
    {
        IsOfFewRuns = true;
        _records.Add($"r.run IN ({WriteList(runs)})");
    }

    /// <summary>Asks for records of these series, which are all that the conditions on series leave.</summary>
    public void NameSeries(IEnumerable<long> series)
    {
        _series.Clear();
        _records.Add($"r.series IN ({WriteList(series)})");
    }

    /// <summary>Ids as a list in SQL.</summary>
    public static string WriteList(IEnumerable<long> ids) => string.Join(", ", ids.Select(static id => id.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Conditions on columns that the series and the daily roll-ups have in common.</summary>
    public static IEnumerable<string> MatchLabels(RecordFilter filter, string alias, SqlParameters parameters)
    {
        (string Column, string? Value)[] labels =
        [
            ("agent", filter.Agent), ("customer", filter.Customer), ("billing_tier", filter.BillingTier), ("provider", filter.Provider),
            ("operation", filter.Operation), ("test", filter.Test),
        ];
        foreach ((string column, string? value) in labels)
        {
            if (value is not null)
            {
                yield return $"{alias}.{column} = {parameters.Add(value)}";
            }
        }

        if (filter.Model is { } model)
        {
            string name = parameters.Add(model);
            yield return $"({alias}.model = {name} OR {alias}.requested_model = {name})";
        }

        if (filter.Site is { } site)
        {
            // ';' follows ':' in every ordering by code points: between the two lie all lines of the file.
            yield return $"({alias}.site = {parameters.Add(site)} OR ({alias}.site >= {parameters.Add(site + ":")} AND {alias}.site < {parameters.Add(site + ";")}))";
        }
    }

    private void AddSeries(RecordFilter filter)
    {
        _series.AddRange(MatchLabels(filter, "s", Parameters));
        foreach ((string name, string value) in filter.Tags ?? new Dictionary<string, string>())
        {
            _series.Add($"s.id IN (SELECT t.series FROM series_tag t WHERE t.name = {Parameters.Add(name)} AND t.value = {Parameters.Add(value)})");
        }
    }

    private void AddRecords(RecordFilter filter)
    {
        if (filter.RunId is { } run)
        {
            IsOfFewRuns = true;
            _records.Add($"r.run = (SELECT id FROM run WHERE run_id = {Parameters.Add(run)})");
        }

        if (filter.Outcome is { } outcome)
        {
            _records.Add($"r.outcome = {((int)outcome).ToString(CultureInfo.InvariantCulture)}");
            SetOutcome((int)outcome);
        }

        if (filter.Since is { } since)
        {
            _records.Add($"r.ts >= {Parameters.Add(since.UtcTicks)}");
        }

        if (filter.Until is { } until)
        {
            _records.Add($"r.ts < {Parameters.Add(until.UtcTicks)}");
        }
    }

    // The index of the rare ones is found only when its condition stands in the query.
    private void SetOutcome(int outcome)
    {
        if (outcome != (int)CallOutcome.Ok && !IsOfRareOutcome)
        {
            IsOfRareOutcome = true;
            _records.Add("r.outcome <> 0");
        }
    }

    private void Add(ResolvedTerm resolved)
    {
        SearchTerm term = resolved.Term;
        List<string> kind = term.Field switch
        {
            null when !resolved.IsInRuns => _series,
            null when resolved.IsInSeries => _mixed,
            { Column: ['s', ..] } => _series,
            _ => _records,
        };
        IsOfFewRuns |= kind == _records && ResolvedTerm.MayBeRun(term) && resolved.IsInFewRuns && !term.IsNegated;
        if (term is { Field.Name: "outcome", Operator: SearchOperator.Matches, IsNegated: false })
        {
            SetOutcome(IndexOf(term));
        }

        string condition = Write(resolved);
        kind.Add(term.IsNegated ? $"NOT coalesce({condition}, false)" : condition);
    }

    private string Write(ResolvedTerm resolved) => (resolved.Term.Field?.Kind, resolved.Term) switch
    {
        (null, var term) => resolved switch
        {
            { IsInRuns: false } => MatchWords(term),
            { IsInSeries: false } => RunMatch(term),
            _ => $"({MatchWords(term)} OR coalesce({RunMatch(term)}, false))",
        },
        (SearchFieldKind.Money, { Operator: SearchOperator.IsKnown }) => $"r.{_dialect.NamesOf(RecordColumn.Cost)[0]} IS NOT NULL",
        (_, { Operator: SearchOperator.IsKnown } term) => $"{term.Field!.Column} IS NOT NULL",
        (SearchFieldKind.Text, var term) => MatchWords(term),
        (SearchFieldKind.Run, var term) => RunMatch(term),
        (SearchFieldKind.Word, var term) => $"{term.Field!.Column} = {IndexOf(term).ToString(CultureInfo.InvariantCulture)}",
        (SearchFieldKind.Money, var term) => _dialect.CompareCost(WriteOperator(term.Operator), Number(term), Parameters),
        (_, var term) => $"{term.Field!.Column} {WriteOperator(term.Operator)} {Parameters.Add((double)Number(term))}",
    };

    private string MatchWords(SearchTerm term) => _dialect.MatchWords(term.Field?.Name, term.Words, term.IsPrefix, Parameters);

    // Ids match from their beginning; U+10FFFF follows whatever can stand there.
    private string RunMatch(SearchTerm term) => $"r.run IN (SELECT id FROM run WHERE {RunRange(term, Parameters)})";

    /// <summary>True for the runs whose ids begin with a term's value.</summary>
    public static string RunRange(SearchTerm term, SqlParameters parameters) =>
        $"run_id >= {parameters.Add(term.Value)} AND run_id < {parameters.Add(term.Value + "\U0010FFFF")}";

    private static int IndexOf(SearchTerm term) => term.Field!.Values.ToList().IndexOf(term.Value);

    private static decimal Number(SearchTerm term) => decimal.Parse(term.Value, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string WriteOperator(SearchOperator comparison) => comparison switch
    {
        SearchOperator.Less => "<",
        SearchOperator.LessOrEqual => "<=",
        SearchOperator.Greater => ">",
        SearchOperator.GreaterOrEqual => ">=",
        _ => "=",
    };
}
