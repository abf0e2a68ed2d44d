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
    public static bool HasLongName(LedgerRecord record) =>
        IsLong(record.Model) || IsLong(record.RequestedModel) || IsLong(record.Provider) || IsLong(record.ServiceTier) || IsLong(record.Region)
        || IsLong(record.RunId) || IsLong(record.Agent) || IsLong(record.Customer) || IsLong(record.BillingTier) || IsLong(record.Test);

    private static bool IsLong(string? name) => name?.Length > RecordLimits.NameLength;

    private static LedgerRecord WithCounts(LedgerRecord record)
    {
        if (IsCount(record.InputTokens) && IsCount(record.OutputTokens)
            && IsCount(record.CachedInputTokens) && IsCount(record.CacheWriteTokens) && IsCount(record.CacheWriteOneHourTokens) && IsCount(record.ReasoningTokens)
            && (record.Extras is null || UsageExtra.All.All(extra => extra.Admits(extra.Of(record.Extras.Counts)))))
        {
            return record;
        }

        // What was priced by a catalogue was priced by these counts; what the provider says that it billed holds without them.
        bool isPriced = record.PriceId is not null && record.Outcome != CallOutcome.CacheHit;
        return record with
        {
            InputTokens = CountOf(record.InputTokens),
            OutputTokens = CountOf(record.OutputTokens),
            CachedInputTokens = CountOf(record.CachedInputTokens),
            CacheWriteTokens = CountOf(record.CacheWriteTokens),
            CacheWriteOneHourTokens = CountOf(record.CacheWriteOneHourTokens),
            ReasoningTokens = CountOf(record.ReasoningTokens),
            Extras = ExtrasOf(record.Extras),
            UsageSource = UsageSource.Unknown,
            UsageIssue = InvalidCount,
            CostUsd = isPriced ? null : record.CostUsd,
            AvoidedUsd = null,
            PriceId = null,
        };
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
                AvoidedUsd = IsAmount(record.AvoidedUsd) ? record.AvoidedUsd : null,
                UsageIssue = InvalidCost,
            };
    }

    private static LedgerRecord WithNames(LedgerRecord record) => HasValidNames(record) ? record : record with
    {
        RunId = NameText.Of(record.RunId),
        ParentRunId = NameText.Of(record.ParentRunId),
        CallId = NameText.Of(record.CallId),
        Agent = NameText.Of(record.Agent),
        Customer = NameText.Of(record.Customer),
        BillingTier = NameText.Of(record.BillingTier),
        Tags = TagsOf(record.Tags),
        Provider = NameText.OfProvider(record.Provider),
        Model = NameText.OfProvider(record.Model),
        RequestedModel = NameText.OfProvider(record.RequestedModel),
        Operation = NameText.OfProvider(record.Operation) ?? "chat",
        UsageIssue = NameText.OfProvider(record.UsageIssue),
        PriceId = NameText.OfProvider(record.PriceId),
        ServiceTier = NameText.OfProvider(record.ServiceTier),
        Region = NameText.OfProvider(record.Region),
        Test = NameText.Of(record.Test),
        Site = NameText.Of(record.Site),
        Member = NameText.Of(record.Member),
        Experiment = NameText.Of(record.Experiment),
        Variant = NameText.Of(record.Variant),
        Correction = record.Correction is { } correction ? correction with { Reason = NameText.Of(correction.Reason) ?? "" } : null,
    };

    private static bool HasValidNames(LedgerRecord record) =>
        NameText.IsValid(record.RunId)
        && NameText.IsValid(record.ParentRunId)
        && NameText.IsValid(record.CallId)
        && NameText.IsValid(record.Agent)
        && NameText.IsValid(record.Customer)
        && NameText.IsValid(record.BillingTier)
        && (record.Tags is null || HasValidTags(record.Tags))
        && NameText.IsValidOfProvider(record.Provider)
        && NameText.IsValidOfProvider(record.Model)
        && NameText.IsValidOfProvider(record.RequestedModel)
        && record.Operation is not null && NameText.IsValidOfProvider(record.Operation)
        && NameText.IsValidOfProvider(record.UsageIssue)
        && NameText.IsValidOfProvider(record.PriceId)
        && NameText.IsValidOfProvider(record.ServiceTier)
        && NameText.IsValidOfProvider(record.Region)
        && NameText.IsValid(record.Test)
        && NameText.IsValid(record.Site)
        && NameText.IsValid(record.Member)
        && NameText.IsValid(record.Experiment)
        && NameText.IsValid(record.Variant)
        && (record.Correction is null || (record.Correction.Reason is not null && NameText.IsValid(record.Correction.Reason)));

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

    private static UsageExtras? ExtrasOf(UsageExtras? extras)
    {
        if (extras is null)
        {
            return null;
        }

        Usage valid = default;
        foreach (UsageExtra extra in UsageExtra.All)
        {
            decimal count = extra.Of(extras.Counts);
            valid = extra.Admits(count) ? extra.With(valid, count) : valid;
        }

        return UsageExtras.Of(valid);
    }

    private static bool IsCount(long? count) => count is null or (>= 0 and < RecordLimits.Count);

    private static long? CountOf(long? count) => IsCount(count) ? count : null;

    private static bool IsAmount(decimal? usd) => usd is null or (>= 0m and < RecordLimits.Usd);
}
