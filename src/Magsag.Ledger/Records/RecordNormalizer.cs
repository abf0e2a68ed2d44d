using Magsag.Ledger.Figures;
using Magsag.Pricing.Tokens;

namespace Magsag.Ledger.Records;

/// <summary>Makes records that can be read again, whatever a provider said: values that can't be right become unknown, and <see cref="LedgerRecord.UsageIssue"/> says so.</summary>
internal static class RecordNormalizer
{
    /// <summary>The issue of a record one of whose counts can't be right.</summary>
    public const string InvalidCount = "invalid_count";

    /// <summary>The issue of a record whose cost can't be right.</summary>
    public const string InvalidCost = "invalid_cost";

    /// <summary>The record itself, where everything in it can be right and can be kept.</summary>
    public static LedgerRecord Normalize(LedgerRecord record)
    {
        if (!FigureBounds.IsCredible(record.Timestamp))
        {
            // A clock that isn't set: the call was made just now.
            record = record with { Timestamp = DateTimeOffset.UtcNow };
        }

        return WithNames(WithCost(WithCounts(record)));
    }

    /// <summary>Whether a name is longer than a ledger keeps. Costs a few nanoseconds, so that records can wait in bounded memory before they are normalised.</summary>
    public static bool HasLongName(LedgerRecord record)
    {
        TextLengths lengths = default;
        record.Fields.VisitTexts(ref lengths);
        return lengths.Longest > RecordLimits.NameLength;
    }

    private static LedgerRecord WithCounts(LedgerRecord record)
    {
        if (HasValidCounts(record.Fields))
        {
            return record;
        }

        // What was priced by a catalogue was priced by these counts; what the provider says that it billed holds without them.
        bool isPriced = record.PriceId is not null && record.Outcome != CallOutcome.CacheHit;
        return new LedgerRecord(record.Fields with
        {
            Counts = CountsOf(record.Fields),
            Extras = ExtrasOf(record.Extras),
            UsageSource = UsageSource.Unknown,
            UsageIssue = InvalidCount,
            CostUsd = isPriced ? null : record.CostUsd,
            IsLowerBound = record.IsLowerBound && !isPriced,
            AvoidedUsd = null,
            PriceId = null,
        });
    }

    private static bool HasValidCounts(in RecordFields record)
    {
        foreach (UsageCount count in UsageCount.Columns)
        {
            if (!IsCount(record.Counts[count.Unit]))
            {
                return false;
            }
        }

        return record.Extras is not { } extras || UsageCount.Extras.All(extra => extra.Admits(extras.Counts.AmountOf(extra.Unit)));
    }

    private static LedgerRecord WithCost(LedgerRecord record)
    {
        if (record.Correction is not null)
        {
            // A correction without an amount corrects nothing.
            return record.CostUsd is { } correction && Math.Abs(correction) < RecordLimits.Usd && IsAmount(record.AvoidedUsd)
                ? record
                : record with { CostUsd = 0m, AvoidedUsd = null, UsageIssue = InvalidCost };
        }

        return IsAmount(record.CostUsd) && IsAmount(record.AvoidedUsd)
            ? record
            : record with
            {
                CostUsd = IsAmount(record.CostUsd) ? record.CostUsd : null,
                IsLowerBound = record.IsLowerBound && IsAmount(record.CostUsd),
                AvoidedUsd = IsAmount(record.AvoidedUsd) ? record.AvoidedUsd : null,
                UsageIssue = InvalidCost,
            };
    }

    private static LedgerRecord WithNames(LedgerRecord record)
    {
        var check = new TextCheck();
        record.Fields.VisitTexts(ref check);
        if (check.AreValid && (record.Tags is null || HasValidTags(record.Tags)))
        {
            return record;
        }

        var valid = new LedgerRecord(record.Fields with { Tags = TagsOf(record.Tags) });
        TextRepair repair = default;
        valid.Fields.VisitTexts(ref repair);
        return valid;
    }

    private static bool HasValidTags(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count > RecordLimits.Tags)
        {
            return false;
        }

        foreach (KeyValuePair<string, string> tag in tags)
        {
            if (!NameText.IsValid(tag.Key) || !NameText.IsValid(tag.Value))
            {
                return false;
            }
        }

        return true;
    }

    private static Dictionary<string, string>? TagsOf(IReadOnlyDictionary<string, string>? tags)
    {
        if (tags is null)
        {
            return null;
        }

        IEnumerable<KeyValuePair<string, string>> kept = tags.Count > RecordLimits.Tags
            ? tags.OrderBy(static tag => tag.Key, StringComparer.Ordinal).Take(RecordLimits.Tags)
            : tags;

        // Names that become the same by it are one tag.
        var valid = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> tag in kept)
        {
            valid[NameText.Of(tag.Key)!] = NameText.Of(tag.Value) ?? "";
        }

        return valid;
    }

    private static RecordCounts CountsOf(in RecordFields record)
    {
        RecordCounts valid = default;
        foreach (UsageCount count in UsageCount.Columns)
        {
            valid[count.Unit] = IsCount(record.Counts[count.Unit]) ? record.Counts[count.Unit] : null;
        }

        return valid;
    }

    private static UsageExtras? ExtrasOf(UsageExtras? extras)
    {
        if (extras is null)
        {
            return null;
        }

        Usage valid = default;
        foreach (UsageCount extra in UsageCount.Extras)
        {
            decimal amount = extras.Counts.AmountOf(extra.Unit);
            valid = extra.Admits(amount) ? valid.With(extra.Unit, amount) : valid;
        }

        return UsageExtras.Of(valid);
    }

    private static bool IsCount(long? count) => count is null or (>= 0 and < RecordLimits.Count);

    private static bool IsAmount(decimal? usd) => usd is null or (>= 0m and < RecordLimits.Usd);
}
