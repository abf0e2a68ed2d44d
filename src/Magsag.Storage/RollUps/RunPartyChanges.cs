using System.Runtime.InteropServices;

namespace Magsag.Storage;

/// <summary>How a batch changes which parties the runs have. The first party of a run that comes in is its main one, for good; most runs have no other.</summary>
internal sealed class RunPartyChanges
{
    private readonly Dictionary<long, long> _begun = [];
    private readonly List<(long Party, long Main, long Run)> _joined = [];

    /// <summary>How many runs got each party as their main one.</summary>
    public IReadOnlyDictionary<long, long> Begun => _begun;

    /// <summary>Parties beside the main one, some of which may be known already.</summary>
    public IReadOnlyList<(long Party, long Main, long Run)> Joined => _joined;

    /// <summary>Adds a party of a run; null when the batch has none.</summary>
    public void Add(long run, long? main, long? party)
    {
        if (party is not { } found || found == main)
        {
            return;
        }

        if (main is { } other)
        {
            _joined.Add((found, other, run));
        }
        else
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_begun, found, out _)++;
        }
    }
}
