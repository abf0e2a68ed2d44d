using System.Runtime.InteropServices;

namespace Magsag.Storage;

/// <summary>Which parties the runs of a batch have, by their numbers in the batch.</summary>
internal sealed class BatchParties(IngestBatch batch)
{
    private const int NotYet = -1;

    private readonly Dictionary<Party, int> _numbers = [];
    private readonly List<Party> _parties = [];
    private readonly int[] _ofSeries = [.. Enumerable.Repeat(NotYet, batch.Series.Count)];
    private readonly Dictionary<int, int> _first = [];
    private readonly HashSet<(int Run, int Party)> _further = [];

    /// <summary>The parties, each once.</summary>
    public IReadOnlyList<Party> All => _parties;

    /// <summary>What the runs have beside their first party.</summary>
    public IReadOnlyCollection<(int Run, int Party)> Further => _further;

    /// <summary>The first party of a run; null when it has none in this batch.</summary>
    public int? FirstOf(int run) => _first.TryGetValue(run, out int party) ? party : null;

    public void Add(int run, int series)
    {
        int party = Of(series);
        ref int first = ref CollectionsMarshal.GetValueRefOrAddDefault(_first, run, out bool isKnown);
        if (!isKnown)
        {
            first = party;
        }
        else if (first != party)
        {
            _further.Add((run, party));
        }
    }

    private int Of(int series)
    {
        ref int number = ref _ofSeries[series];
        if (number == NotYet)
        {
            var party = Party.Of(batch.Series[series]);
            if (!_numbers.TryGetValue(party, out number))
            {
                number = _numbers[party] = _parties.Count;
                _parties.Add(party);
            }
        }

        return number;
    }
}
