using Magsag.Gating.Findings;
using Magsag.Ledger.Figures;
using Magsag.Ledger.Limits;
using Magsag.Ledger.Summaries;

namespace Magsag.Gating.Policies;

/// <summary>What was spent under one limit by one subject in one period.</summary>
internal sealed class LimitAccount(AppliedLimit applied, string period)
{
    private const int MostContributors = 3;

    private readonly List<RunSpend> _rows = [];

    public AppliedLimit Applied => applied;

    public PolicyLimit Limit => applied.Limit;

    public string Period => period;

    /// <summary>What was spent; of a rolling window, in the most expensive one.</summary>
    public decimal Spent => Total(CostliestRows());

    /// <summary>True when the limit seems to be kept, but calls of unknown cost may hide that it isn't.</summary>
    public bool IsUnsure => Limit.Measure == LimitMeasure.UsDollars && Spent <= Limit.Max && _rows.Exists(static row => row.CallsOfUnknownCost > 0);

    public void Add(RunSpend row) => _rows.Add(row);

    public Finding? Exceeded(string path)
    {
        List<RunSpend> rows = CostliestRows();
        decimal spent = Total(rows);
        if (spent <= Limit.Max)
        {
            return null;
        }

        string bound = Limit.IsAlert ? "the alert is at" : "allowed is";
        string largest = string.Join(", ", rows
            .GroupBy(static row => (row.Call.Agent, row.Call.Model))
            .Select(group => (group.Key, Spent: Total(group)))
            .OrderByDescending(static group => group.Spent)
            .ThenBy(static group => group.Key.Agent, StringComparer.Ordinal)
            .Take(MostContributors)
            .Select(group => $"{group.Key.Agent ?? "no agent"} with {group.Key.Model ?? "unknown model"} {Text(group.Spent)}"));
        return Found(
            path,
            Limit.IsAlert ? GateCode.AlertPassed : GateCode.PolicyExceeded,
            Limit.IsAlert ? FindingSeverity.Warning : FindingSeverity.Error,
            $"{Limit.Rule}: {applied.Who} {Verb} {Bound(rows)}{Text(spent)} {When(rows)}, {bound} {Text(Limit.Max!.Value)}.{Unknown(rows)} Largest: {largest}.",
            spent);
    }

    public Finding Unsure(string path)
    {
        List<RunSpend> rows = CostliestRows();
        decimal spent = Total(rows);
        return Found(path, GateCode.CostUnknown, FindingSeverity.Warning, $"{Limit.Rule}: whether the limit of {Text(Limit.Max!.Value)} holds isn't known: {applied.Who} spent at least {Text(spent)} {When(rows)}.{Unknown(_rows)}", spent);
    }

    private Finding Found(string path, string code, FindingSeverity severity, string text, decimal spent) => new(code, severity, text)
    {
        File = path.Length == 0 ? null : path,
        Line = Limit.Line,
        Column = Limit.Column,
        Rule = Limit.Rule,
        Scope = Limit.Subject.ToString().ToLowerInvariant(),
        Name = applied.Name,
        ExpectedUsd = Limit.Measure == LimitMeasure.UsDollars ? Limit.Max : null,
        ActualUsd = Limit.Measure == LimitMeasure.UsDollars ? spent : null,
    };

    private string Verb => Limit.Measure switch
    {
        LimitMeasure.UsDollars => "spent",
        LimitMeasure.Calls => "made",
        _ => "used",
    };

    private string Text(decimal amount) => Limit.Measure switch
    {
        LimitMeasure.UsDollars => MoneyText.Of(amount),
        LimitMeasure.Calls => amount == 1m ? "1 call" : $"{MoneyText.Count((long)amount)} calls",
        _ => $"{MoneyText.Count((long)amount)} tokens",
    };

    private string When(IReadOnlyList<RunSpend> rows) => Limit.Period switch
    {
        LimitPeriod.Run => period.Length == 0 ? "outside any run" : $"in run {period}",
        LimitPeriod.Rolling => $"in the {WindowText} from {rows[0].Start.UtcDateTime.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)} UTC on",
        _ => $"in {period}",
    };

    private string WindowText => Limit.Window.Ticks % TimeSpan.TicksPerDay == 0 ? $"{Limit.Window.TotalDays} days" : $"{Limit.Window.TotalMinutes} minutes";

    private string Bound(IReadOnlyList<RunSpend> rows) => Limit.Measure != LimitMeasure.UsDollars ? ""
        : rows.Any(static row => row.CallsOfUnknownCost > 0) ? "at least "
        : rows.Any(static row => row.EstimatedCalls > 0) ? "about " : "";

    private string Unknown(IEnumerable<RunSpend> rows)
    {
        RunSpend[] lacking = Limit.Measure == LimitMeasure.UsDollars ? [.. rows.Where(static row => row.CallsOfUnknownCost > 0)] : [];
        if (lacking.Length == 0)
        {
            return "";
        }

        long unknown = lacking.Sum(static row => row.CallsOfUnknownCost);
        string models = string.Join(", ", lacking.Select(static row => RecordedCost.NameOf(row.Model)).Distinct(StringComparer.Ordinal).OrderBy(static model => model, StringComparer.Ordinal));
        return $" The cost of {MoneyText.Count(unknown)} {(unknown == 1 ? "call" : "calls")} to {models} is unknown and not in it.";
    }

    private decimal Total(IEnumerable<RunSpend> rows) => rows.Sum(row => Limit.Measure switch
    {
        LimitMeasure.UsDollars => row.CostUsd,
        LimitMeasure.Calls => row.Calls,
        _ => row.Tokens,
    });

    // Windows that begin with a slot hold whole slots, so what is found was really spent within the window's length.
    private List<RunSpend> CostliestRows()
    {
        if (Limit.Period != LimitPeriod.Rolling)
        {
            return _rows;
        }

        List<RunSpend> rows = [.. _rows.OrderBy(static row => row.Start)];
        decimal sum = 0m, most = -1m;
        (int First, int Count) costliest = default;
        int end = 0;
        for (int first = 0; first < rows.Count; first++)
        {
            for (; end < rows.Count && rows[end].Start - rows[first].Start < Limit.Window; end++)
            {
                sum += Total([rows[end]]);
            }

            if (sum > most)
            {
                (most, costliest) = (sum, (first, end - first));
            }

            sum -= Total([rows[first]]);
        }

        return rows.GetRange(costliest.First, costliest.Count);
    }
}
