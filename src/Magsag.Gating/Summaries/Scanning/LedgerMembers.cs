namespace Magsag.Gating;

/// <summary>Finds a member of ledger lines by its name.</summary>
internal static class LedgerMembers
{
    public static LedgerMember Of(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("v"u8) => LedgerMember.Version,
        _ when name.SequenceEqual("id"u8) => LedgerMember.Id,
        _ when name.SequenceEqual("ts"u8) => LedgerMember.Time,
        _ when name.SequenceEqual("kind"u8) || name.SequenceEqual("corrects"u8) => LedgerMember.Unscannable,
        _ when name.SequenceEqual("run_id"u8) => LedgerMember.RunId,
        _ when name.SequenceEqual("parent_run_id"u8) => LedgerMember.OtherText,
        _ when name.SequenceEqual("call_id"u8) => LedgerMember.CallId,
        _ when name.SequenceEqual("agent"u8) => LedgerMember.Agent,
        _ when name.SequenceEqual("customer"u8) => LedgerMember.Customer,
        _ when name.SequenceEqual("billing_tier"u8) => LedgerMember.BillingTier,
        _ when name.SequenceEqual("tags"u8) => LedgerMember.Tags,
        _ when name.SequenceEqual("provider"u8) => LedgerMember.Provider,
        _ when name.SequenceEqual("model"u8) => LedgerMember.Model,
        _ when name.SequenceEqual("requested_model"u8) => LedgerMember.RequestedModel,
        _ when name.SequenceEqual("operation"u8) => LedgerMember.Operation,
        _ when name.SequenceEqual("outcome"u8) => LedgerMember.Outcome,
        _ when name.SequenceEqual("input_tokens"u8) => LedgerMember.InputTokens,
        _ when name.SequenceEqual("cached_input_tokens"u8) => LedgerMember.CachedInputTokens,
        _ when name.SequenceEqual("cache_write_tokens"u8) => LedgerMember.CacheWriteTokens,
        _ when name.SequenceEqual("cache_write_1h_tokens"u8) => LedgerMember.CacheWriteOneHourTokens,
        _ when name.SequenceEqual("output_tokens"u8) => LedgerMember.OutputTokens,
        _ when name.SequenceEqual("reasoning_tokens"u8) => LedgerMember.ReasoningTokens,
        _ when name.SequenceEqual("usage_source"u8) => LedgerMember.UsageSource,
        _ when name.SequenceEqual("usage_issue"u8) => LedgerMember.OtherText,
        _ when name.SequenceEqual("cost_usd"u8) => LedgerMember.CostUsd,
        _ when name.SequenceEqual("avoided_usd"u8) => LedgerMember.AvoidedUsd,
        _ when name.SequenceEqual("price_id"u8) => LedgerMember.OtherText,
        _ when name.SequenceEqual("batch"u8) => LedgerMember.Batch,
        _ when name.SequenceEqual("service_tier"u8) => LedgerMember.ServiceTier,
        _ when name.SequenceEqual("region"u8) => LedgerMember.Region,
        _ when name.SequenceEqual("duration_ms"u8) => LedgerMember.OtherNumber,
        _ when name.SequenceEqual("test"u8) => LedgerMember.Test,
        _ when name.SequenceEqual("site"u8) => LedgerMember.Site,
        _ when name.SequenceEqual("member"u8) => LedgerMember.MemberName,
        _ when name.SequenceEqual("module"u8) => LedgerMember.Module,
        _ when name.SequenceEqual("experiment"u8) => LedgerMember.OtherText,
        _ when name.SequenceEqual("variant"u8) => LedgerMember.OtherText,
        _ when name.SequenceEqual("quality"u8) => LedgerMember.OtherNumber,
        _ => UsageExtra.IsNamed(name) ? LedgerMember.Unscannable : LedgerMember.Unknown,
    };
}
