using Magsag.Ledger.Records;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage;

/// <summary>Finds the row of a series, or makes it with its words and tags.</summary>
internal sealed class SqliteSeries : IDisposable
{
    // Bounds the memory of an ingest in which hardly two records have a series in common.
    private const int MostRemembered = 100_000;

    private readonly Dictionary<Series, long> _ids = [];
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _insertText;
    private readonly SqliteStatement _insertTag;
    private readonly SqliteStatement _extend;

    public SqliteSeries(SqliteConnection connection)
    {
        _insert = new SqliteStatement(connection, """
            INSERT INTO series (key, agent, customer, billing_tier, tags, provider, model, requested_model, operation, service_tier, batch, price_id, test, site, member, module, experiment, variant, usage_issue, region, records)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (key) DO NOTHING RETURNING id
            """);
        _find = new SqliteStatement(connection, "SELECT id FROM series WHERE key = ?");
        _insertText = new SqliteStatement(connection, $"INSERT INTO series_text (rowid, {string.Join(", ", SearchField.TextNames)}) VALUES (?{string.Concat(Enumerable.Repeat(", ?", SearchField.TextNames.Count))})");
        _insertTag = new SqliteStatement(connection, "INSERT INTO series_tag (name, value, series) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
        _extend = new SqliteStatement(connection, "UPDATE series SET records = records + ?1, first_ts = min(ifnull(first_ts, ?2), ?2), last_ts = max(ifnull(last_ts, ?3), ?3) WHERE id = ?4");
    }

    public long IdOf(in Series series)
    {
        if (_ids.TryGetValue(series, out long id))
        {
            return id;
        }

        if (_ids.Count >= MostRemembered)
        {
            _ids.Clear();
        }

        return _ids[series] = FindOrInsert(series);
    }

    public void Extend(long id, SeriesSpan span) => _extend.Bind(span.Records).Bind(span.First).Bind(span.Last).Bind(id).Run();

    /// <summary>Forgets rows that a transaction made that didn't commit.</summary>
    public void Forget() => _ids.Clear();

    public void Dispose()
    {
        _insert.Dispose();
        _find.Dispose();
        _insertText.Dispose();
        _insertTag.Dispose();
        _extend.Dispose();
    }

    private long FindOrInsert(in Series series)
    {
        Guid key = series.Key;
        if (_find.Bind(key).First(static row => (long?)row.Number(0)) is { } known)
        {
            return known;
        }

        long id = _insert.Bind(key).Bind(series.Agent).Bind(series.Customer).Bind(series.BillingTier).Bind(series.Tags).Bind(series.Provider)
            .Bind(series.Model).Bind(series.RequestedModel).Bind(series.Operation).Bind(series.ServiceTier).Bind(series.Batch ? 1 : 0).Bind(series.PriceId)
            .Bind(series.Test).Bind(series.Site).Bind(series.Member).Bind(series.Module).Bind(series.Experiment).Bind(series.Variant).Bind(series.UsageIssue).Bind(series.Region)
            .First(static row => row.Number(0));
        InsertWords(id, series);
        return id;
    }

    private void InsertWords(long id, in Series series)
    {
        _insertText.Bind(id);
        foreach (string? text in SearchField.TextsOf(series))
        {
            _insertText.Bind(text is null ? null : string.Join(' ', SearchText.Words(text)));
        }

        _insertText.Run();
        foreach ((string name, string value) in TagText.Parse(series.Tags) ?? new Dictionary<string, string>())
        {
            _insertTag.Bind(name).Bind(value).Bind(id).Run();
        }
    }
}
