using System.Text.Json;
using Magsag.Ledger.Files;

namespace Magsag.Ledger.Summaries;

/// <summary>The JSON members of an entry's key, in summaries and baselines alike; absent when unknown.</summary>
internal static class EntryJson
{
    public static void Write(Utf8JsonWriter json, in EntryKey key)
    {
        json.WriteKnown("test"u8, key.Test);
        json.WriteKnown("agent"u8, key.Agent);
        json.WriteKnown("site"u8, key.SiteFile);
        json.WriteKnown("member"u8, key.Member);
        json.WriteString("operation"u8, key.Operation);
        json.WriteKnown("provider"u8, key.Provider);
        json.WriteKnown("model"u8, key.Model);
        json.WriteKnown("service_tier"u8, key.ServiceTier);
        json.WriteKnown("region"u8, key.Region);
        if (key.Batch)
        {
            json.WriteBoolean("batch"u8, true);
        }

        if (key.ContextTier != 0)
        {
            json.WriteNumber("context_tier"u8, key.ContextTier);
        }
    }

    /// <summary>Takes the member that the reader stands on when it is one of a key.</summary>
    public static bool TryRead(LocatedJsonReader json, string member, ref EntryKey key)
    {
        switch (member)
        {
            case "test": key = key with { Test = json.ReadText() }; return true;
            case "agent": key = key with { Agent = json.ReadText() }; return true;
            case "site": key = key with { SiteFile = json.ReadText() }; return true;
            case "member": key = key with { Member = json.ReadText() }; return true;
            case "operation": key = key with { Operation = json.ReadText() }; return true;
            case "provider": key = key with { Provider = json.ReadText() }; return true;
            case "model": key = key with { Model = json.ReadText() }; return true;
            case "service_tier": key = key with { ServiceTier = json.ReadText() }; return true;
            case "region": key = key with { Region = json.ReadText() }; return true;
            case "batch": key = key with { Batch = json.ReadFlag() }; return true;
            case "context_tier": key = key with { ContextTier = json.ReadCount() }; return true;
            default: return false;
        }
    }

    /// <summary>A key with nothing known but that it is a chat.</summary>
    public static EntryKey Empty { get; } = new(null, null, "chat", null, null, null, null, null, false, 0);
}
