namespace Magsag.Storage.Ingest;

/// <summary>The states of the ledger files that were read before, by identity and by path.</summary>
internal sealed class SourceIndex
{
    private readonly Dictionary<Guid, SourceState> _byIdentity = [];
    private readonly Dictionary<string, SourceState> _byOrigin = new(StringComparer.Ordinal);

    public SourceIndex(IEnumerable<SourceState> states)
    {
        foreach (SourceState state in states)
        {
            _byIdentity[state.Identity] = state;
            _byOrigin[state.Origin] = state;
        }
    }

    public SourceState? Find(Guid identity) => _byIdentity.GetValueOrDefault(identity);

    /// <summary>True when a file was read to its end and hasn't been touched since: it needn't even be opened.</summary>
    public bool IsReadToEnd(string origin, long length, long modified) =>
        _byOrigin.TryGetValue(origin, out SourceState? state) && state.Position.Offset == length && state.Modified == modified;
}
