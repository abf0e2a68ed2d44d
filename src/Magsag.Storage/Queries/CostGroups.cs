using System.Data.Common;
using System.Globalization;
using Magsag.Ledger.Records;
using Magsag.Ledger.Summaries;
using Magsag.Pricing.Tokens;
using Magsag.Storage.Schema;

namespace Magsag.Storage.Queries;

/// <summary>Makes the groups of a query from the rows of its statement.</summary>
internal sealed class CostGroups(CostQuery query, SummarySql sql, SqlDialect dialect)
{
    private readonly Dictionary<string?[], CostGroup> _groups = new(KeyComparer.Instance);
    private readonly Dictionary<CostDimension, int> _positions = sql.Labels.Index().ToDictionary(static label => label.Item, static label => label.Index);

    public void Add(DbDataReader row)
    {
        int column = 0;
        int day = sql.HasDay ? row.GetInt32(column++) : 0;
        string?[] labels = new string?[sql.Labels.Count];
        for (int index = 0; index < labels.Length; index++, column++)
        {
            labels[index] = row.IsDBNull(column) ? null : row.GetString(column);
        }

        var outcome = (CallOutcome)row.GetInt32(column++);
        string?[] key = new string?[query.GroupBy.Count];
        for (int index = 0; index < key.Length; index++)
        {
            key[index] = LabelFor(query.GroupBy[index], day, labels, outcome);
        }

        CostGroup added = Read(row, column, key, outcome);
        _groups[key] = _groups.TryGetValue(key, out CostGroup? known)
            ? known.With(added)
            : added;
    }

    public IReadOnlyList<CostGroup> ToList() => [.. _groups.Values.Order(Comparer<CostGroup>.Create(static (left, right) => Compare(left.Key, right.Key)))];

    private CostGroup Read(DbDataReader row, int column, string?[] key, CallOutcome outcome)
    {
        long records = row.GetInt64(column);
        long Those(CallOutcome wanted) => outcome == wanted ? records : 0;
        int cost = column + SumColumns.Counts.Count, avoided = cost + dialect.NamesOf(RecordColumn.Cost).Count, extras = avoided + dialect.NamesOf(RecordColumn.Avoided).Count;
        Usage usage = row.IsDBNull(extras) ? default : ExtrasText.Parse(row.GetString(extras))?.Counts ?? default;
        for (int at = 0; at < UsageCount.Columns.Length; at++)
        {
            usage.Set(UsageCount.Columns[at].Unit, row.GetInt64(column + SumColumns.CallCounts.Count + at));
        }

        var totals = new TokenTotals
        {
            Calls = records - Those(CallOutcome.CacheHit) - Those(CallOutcome.Correction),
            UnmeteredCalls = row.GetInt64(column + 1),
            UnpricedCalls = row.GetInt64(column + 2),
            UnpricedTokens = row.GetInt64(column + 3),
            EstimatedCalls = row.GetInt64(column + 4),
            LowerBoundCalls = row.GetInt64(column + 5),
            Usage = usage,
            CostUsd = dialect.ReadMoney(row, cost) ?? 0m,
        };
        return new CostGroup(key, totals, Those(CallOutcome.CacheHit), Those(CallOutcome.Error))
        {
            AvoidedUsd = dialect.ReadMoney(row, avoided) ?? 0m,
            Corrections = Those(CallOutcome.Correction),
            CorrectionsUsd = outcome == CallOutcome.Correction ? totals.CostUsd : 0m,
        };
    }

    private string? LabelFor(CostDimension dimension, int day, string?[] labels, CallOutcome outcome) => dimension switch
    {
        CostDimension.Day => DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        CostDimension.Month => DateOnly.FromDayNumber(day).ToString("yyyy-MM", CultureInfo.InvariantCulture),
        CostDimension.Outcome => StoredWords.Outcomes[(int)outcome],
        _ => labels[_positions[dimension]],
    };

    /// <summary>Compares keys part by part.</summary>
    public static int Compare(IReadOnlyList<string?> left, IReadOnlyList<string?> right)
    {
        int order = 0;
        for (int index = 0; index < left.Count && order == 0; index++)
        {
            order = string.CompareOrdinal(left[index], right[index]);
        }

        return order;
    }

    private sealed class KeyComparer : IEqualityComparer<string?[]>
    {
        public static readonly KeyComparer Instance = new();

        public bool Equals(string?[]? left, string?[]? right) => left.AsSpan().SequenceEqual(right);

        public int GetHashCode(string?[] key)
        {
            HashCode hash = default;
            foreach (string? part in key)
            {
                hash.Add(part);
            }

            return hash.ToHashCode();
        }
    }
}
