namespace Magsag.Ledger.Summaries;

/// <summary>What distinguishes the calls of one entry from those of another: whom they belong to and what decides their price.</summary>
/// <param name="Test">The test that made the calls.</param>
/// <param name="Agent">The agent that made the calls.</param>
/// <param name="Operation">What was called: <c>chat</c>, <c>embeddings</c> …</param>
/// <param name="Provider">The provider that was called.</param>
/// <param name="Model">The model as billed.</param>
/// <param name="SiteFile">The call site's source file, below the source root.</param>
/// <param name="Member">The method that holds the call site.</param>
/// <param name="ServiceTier">The service tier that the responses named.</param>
/// <param name="Batch">Whether the calls went through the batch interface.</param>
/// <param name="ContextTier">The input length from which the price that was billed holds, in tokens; 0 for the first tier.</param>
internal readonly record struct EntryKey(
    string? Test,
    string? Agent,
    string Operation,
    string? Provider,
    string? Model,
    string? SiteFile,
    string? Member,
    string? ServiceTier,
    bool Batch,
    long ContextTier) : IComparable<EntryKey>
{
    /// <summary>The region that the price depends on; null for the global price.</summary>
    public string? Region { get; init; }

    /// <summary>The call site as people read it: <c>src/Triage.cs (SupportDesk.Triage.ClassifyAsync)</c>; null when it isn't known.</summary>
    public string? Site => SiteFile is null || Member is null ? SiteFile : $"{SiteFile} ({Member})";

    /// <summary>Orders by test, agent, site and then by what was called, by ordinal comparison.</summary>
    public int CompareTo(EntryKey other)
    {
        int order = string.CompareOrdinal(Test, other.Test);
        order = order != 0 ? order : string.CompareOrdinal(Agent, other.Agent);
        order = order != 0 ? order : string.CompareOrdinal(SiteFile, other.SiteFile);
        order = order != 0 ? order : string.CompareOrdinal(Member, other.Member);
        order = order != 0 ? order : string.CompareOrdinal(Operation, other.Operation);
        order = order != 0 ? order : string.CompareOrdinal(Provider, other.Provider);
        order = order != 0 ? order : string.CompareOrdinal(Model, other.Model);
        order = order != 0 ? order : string.CompareOrdinal(ServiceTier, other.ServiceTier);
        order = order != 0 ? order : string.CompareOrdinal(Region, other.Region);
        order = order != 0 ? order : Batch.CompareTo(other.Batch);
        return order != 0 ? order : ContextTier.CompareTo(other.ContextTier);
    }
}
