using Magsag.Ledger.Records;

namespace Magsag.Storage.Schema;

/// <summary>What many records have in common: whom they are attributed to and what was called. Stored, indexed and searched once.</summary>
internal sealed class Series : IEquatable<Series>
{
    private readonly string?[] _labels;
    private readonly int _hash;

    private Series(string?[] labels)
    {
        _labels = labels;
        HashCode hash = default;
        foreach (string? label in labels)
        {
            hash.Add(label);
        }

        _hash = hash.ToHashCode();
    }

    /// <summary>The labels, in the order of <see cref="SeriesLabel.All"/>.</summary>
    public IReadOnlyList<string?> Labels => _labels;

    /// <summary>Tells series apart in the database.</summary>
    public Guid Key => RowKey.Hash(_labels);

    /// <summary>The series of a record.</summary>
    public static Series Create(LedgerRecord record)
    {
        string?[] labels = new string?[SeriesLabel.All.Count];
        for (int index = 0; index < labels.Length; index++)
        {
            labels[index] = SeriesLabel.All[index].Read(record);
        }

        return new Series(labels);
    }

    /// <summary>The same with texts that every database can keep.</summary>
    public Series ToStorable() => new([.. _labels.Select(StorableText.Clean)]);

    /// <summary>The key of the rows that only some of the labels tell apart.</summary>
    public Guid KeyOf(int[] labels) => RowKey.Hash([.. labels.Select(label => _labels[label])]);

    /// <summary>The tags; null when there are none.</summary>
    public static IReadOnlyDictionary<string, string>? ParseTags(string? tags) => TagText.Parse(tags);

    public bool Equals(Series? other) => other is not null && _hash == other._hash && _labels.AsSpan().SequenceEqual(other._labels);

    public override bool Equals(object? obj) => Equals(obj as Series);

    public override int GetHashCode() => _hash;
}
