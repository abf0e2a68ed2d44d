using Magsag.Storage.Schema;

namespace Magsag.Storage.Search;

/// <summary>A field of a record that search terms can name.</summary>
/// <param name="Name">Its name, as in the ledger.</param>
/// <param name="Kind">How its values are compared.</param>
/// <param name="Column">Its column, with the alias of its table.</param>
internal sealed record SearchField(string Name, SearchFieldKind Kind, string Column)
{
    private static readonly Dictionary<string, SearchField> ByName = All().ToDictionary(static field => field.Name, StringComparer.Ordinal);

    /// <summary>The names of all fields, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The words that the field's values may be; empty unless it is a <see cref="SearchFieldKind.Word"/>.</summary>
    public IReadOnlyList<string> Values => Name switch
    {
        "outcome" => StoredWords.Outcomes,
        "usage_source" => StoredWords.UsageSources,
        "batch" => ["false", "true"],
        RecordColumn.CostBound => StoredWords.CostBounds,
        _ => [],
    };

    public static SearchField? Find(string name) => ByName.GetValueOrDefault(name);

    private static IEnumerable<SearchField> All()
    {
        foreach (SeriesLabel label in SeriesLabel.Texts)
        {
            yield return new SearchField(label.Name, SearchFieldKind.Text, "s." + label.Name);
        }

        foreach ((string name, Column column) in StoreTables.Numbers)
        {
            yield return new SearchField(name, column.Type == ColumnType.Money ? SearchFieldKind.Money : SearchFieldKind.Number, "r." + column.Name);
        }

        yield return new SearchField("run_id", SearchFieldKind.Run, "r.run");
        yield return new SearchField("outcome", SearchFieldKind.Word, "r.outcome");
        yield return new SearchField("usage_source", SearchFieldKind.Word, "r.usage_source");
        yield return new SearchField(RecordColumn.CostBound, SearchFieldKind.Word, "r." + RecordColumn.CostBound);
        yield return new SearchField("batch", SearchFieldKind.Word, "s.batch");
    }
}
