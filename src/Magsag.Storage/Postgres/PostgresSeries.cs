using Magsag.Ledger.Records;
using Npgsql;
using NpgsqlTypes;

namespace Magsag.Storage;

/// <summary>Finds the rows of series, or makes them with their words and tags.</summary>
internal sealed class PostgresSeries(NpgsqlConnection connection)
{
    private const int MostRemembered = 100_000;

    private readonly Dictionary<Series, long> _ids = [];

    /// <summary>Finds or makes the rows of series; gives their ids in the same order.</summary>
    public async Task<long[]> IdsOfAsync(IReadOnlyList<Series> all, CancellationToken cancellationToken)
    {
        if (_ids.Count > MostRemembered)
        {
            _ids.Clear();
        }

        Dictionary<Guid, Series> missing = all.Where(series => !_ids.ContainsKey(series)).ToDictionary(static series => series.Key);
        if (missing.Count > 0)
        {
            await using var find = new NpgsqlCommand("SELECT key, id FROM series WHERE key = ANY (@keys)", connection);
            find.Parameters.AddWithValue("keys", missing.Keys.ToArray());
            await RememberAsync(find, missing, cancellationToken).ConfigureAwait(false);
        }

        if (missing.Count > 0)
        {
            await InsertAsync(missing, cancellationToken).ConfigureAwait(false);
        }

        return [.. all.Select(series => _ids[series])];
    }

    public async Task ExtendAsync(IEnumerable<(long Id, SeriesSpan Span)> spans, CancellationToken cancellationToken)
    {
        var rows = new PostgresRows(("id", NpgsqlDbType.Bigint), ("records", NpgsqlDbType.Bigint), ("first_ts", NpgsqlDbType.Bigint), ("last_ts", NpgsqlDbType.Bigint));
        foreach ((long id, SeriesSpan span) in spans)
        {
            rows.Add(id, span.Records, span.First, span.Last);
        }

        await using NpgsqlCommand command = rows.Command(connection, $"UPDATE series s SET records = s.records + x.records, first_ts = least(s.first_ts, x.first_ts), last_ts = greatest(s.last_ts, x.last_ts) FROM {rows.From} WHERE s.id = x.id");
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets rows that a transaction made that didn't commit.</summary>
    public void Forget() => _ids.Clear();

    private async Task InsertAsync(Dictionary<Guid, Series> missing, CancellationToken cancellationToken)
    {
        const NpgsqlDbType Text = NpgsqlDbType.Text;
        var rows = new PostgresRows(
            ("key", NpgsqlDbType.Uuid), ("agent", Text), ("customer", Text), ("billing_tier", Text), ("tags", Text), ("provider", Text), ("model", Text), ("requested_model", Text), ("operation", Text),
            ("service_tier", Text), ("batch", NpgsqlDbType.Integer), ("price_id", Text), ("test", Text), ("site", Text), ("member", Text), ("module", NpgsqlDbType.Uuid), ("experiment", Text), ("variant", Text), ("usage_issue", Text), ("region", Text),
            ("records", NpgsqlDbType.Bigint), ("words", Text));
        var tags = new PostgresRows(("key", NpgsqlDbType.Uuid), ("name", Text), ("value", Text));
        foreach ((Guid key, Series series) in missing)
        {
            rows.Add(key, series.Agent, series.Customer, series.BillingTier, series.Tags, series.Provider, series.Model, series.RequestedModel, series.Operation,
                series.ServiceTier, series.Batch ? 1 : 0, series.PriceId, series.Test, series.Site, series.Member, series.Module, series.Experiment, series.Variant, series.UsageIssue, series.Region, 0L, PostgresWords.VectorOf(series));
            foreach ((string name, string value) in TagText.Parse(series.Tags) ?? new Dictionary<string, string>())
            {
                tags.Add(key, name, value);
            }
        }

        string selected = rows.Columns.Replace("words", "CAST(words AS tsvector)", StringComparison.Ordinal);
        await using (NpgsqlCommand insert = rows.Command(connection, $"INSERT INTO series ({rows.Columns}) SELECT {selected} FROM {rows.From} RETURNING key, id"))
        {
            await RememberAsync(insert, missing, cancellationToken).ConfigureAwait(false);
        }

        await using NpgsqlCommand insertTags = tags.Command(connection, $"INSERT INTO series_tag (series, name, value) SELECT s.id, x.name, x.value FROM {tags.From} JOIN series s ON s.key = x.key ON CONFLICT DO NOTHING");
        await insertTags.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task RememberAsync(NpgsqlCommand command, Dictionary<Guid, Series> missing, CancellationToken cancellationToken)
    {
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            missing.Remove(row.GetGuid(0), out Series series);
            _ids[series] = row.GetInt64(1);
        }
    }
}
