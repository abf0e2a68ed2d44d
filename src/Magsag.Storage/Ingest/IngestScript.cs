using System.Globalization;
using Magsag.Storage.Schema;

namespace Magsag.Storage.Ingest;

/// <summary>The statements that bring a loaded batch into the store, each over all of its rows.</summary>
internal sealed class IngestScript(SqlDialect dialect)
{
    private static readonly string TicksPerDay = TimeSpan.TicksPerDay.ToString(CultureInfo.InvariantCulture);
    private static readonly string IsCall = SumColumns.IsCall("r");

    private string Join => dialect.OrderedJoin;

    /// <summary>The statements in their order.</summary>
    public IReadOnlyList<string> Statements =>
    [
        // A count for each row keeps planners from joining the batch with all records of the store.
        "DELETE FROM batch_record WHERE (SELECT count(*) FROM record r WHERE r.ts = batch_record.ts AND r.id = batch_record.id) > 0",
        "DELETE FROM batch_series WHERE number NOT IN (SELECT DISTINCT series FROM batch_record)",
        "DELETE FROM batch_run WHERE number NOT IN (SELECT DISTINCT run FROM batch_record WHERE run IS NOT NULL)",
        .. Series(),
        .. Attributions(),
        .. StateOfRuns(),
        .. Runs(),
        .. Records(),
        .. Sums(),
    ];

    private IEnumerable<string> Series()
    {
        const string FindIds = "UPDATE batch_series SET id = (SELECT s.id FROM series s WHERE s.key = batch_series.key) WHERE id IS NULL";
        string labels = string.Join(", ", SeriesLabel.All.Select(static label => label.Name));
        string words = string.Concat(dialect.WordColumns.Select(static column => ", " + column.Name)), loaded = string.Concat(dialect.WordColumns.Select(column => ", " + dialect.FromText(column)));
        string fresh = $"FROM batch_series b {Join} series s ON s.key = b.key";
        yield return FindIds;
        yield return $"INSERT INTO series (key, account_key, {labels}{words}) SELECT key, account_key, {labels}{loaded} FROM batch_series WHERE id IS NULL ORDER BY number";
        if (dialect.IndexWords is { } index)
        {
            yield return $"{index} {fresh} WHERE b.id IS NULL";
        }

        yield return $"INSERT INTO series_tag (series, name, value) SELECT s.id, t.name, t.value {fresh} {Join} batch_tag t ON t.series = b.number WHERE b.id IS NULL";
        yield return FindIds;
    }

    private static IEnumerable<string> Attributions()
    {
        string labels = string.Join(", ", StoreTables.AttributionLabels);
        yield return $"INSERT INTO attribution (key, {labels}, runs) SELECT attribution_key, {AnyOf(StoreTables.AttributionLabels, "b")}, 0 FROM batch_series b WHERE NOT EXISTS (SELECT 1 FROM attribution a WHERE a.key = b.attribution_key) GROUP BY attribution_key";
        yield return "UPDATE batch_series SET attribution = (SELECT a.id FROM attribution a WHERE a.key = batch_series.attribution_key)";
    }

    // What the batch says of each run: its first call says when it began and whose it is, its last one how it ended. A run's attribution is
    // the one that comes in first, for good; a run with nothing but cache hits has none.
    private IEnumerable<string> StateOfRuns()
    {
        yield return "UPDATE batch_run SET id = (SELECT u.id FROM run u WHERE u.run_id = batch_run.run_id)";
        yield return "UPDATE batch_run SET first_ts = x.first_ts, last_ts = x.last_ts FROM ("
            + "SELECT run, min(ts) AS first_ts, max(ts) AS last_ts FROM batch_record WHERE run IS NOT NULL AND corrects IS NULL GROUP BY run) AS x WHERE batch_run.number = x.run";
        yield return "INSERT INTO batch_run_edge (run, series, id, outcome, position, next_ts) SELECT run, series, id, outcome, position, next_ts FROM ("
            + "SELECT r.run AS run, r.series AS series, r.id AS id, r.outcome AS outcome, row_number() OVER calls AS position, lead(r.ts) OVER calls AS next_ts "
            + $"FROM batch_record r {Join} batch_run u ON u.number = r.run WHERE r.corrects IS NULL AND (r.ts = u.first_ts OR r.ts = u.last_ts) WINDOW calls AS (PARTITION BY r.run ORDER BY r.ts, r.id)"
            + ") AS ordered WHERE position = 1 OR next_ts IS NULL";
        yield return $"INSERT INTO batch_run_attribution (run, attribution) SELECT DISTINCT r.run, s.attribution FROM batch_record r {Join} batch_series s ON s.number = r.series WHERE r.run IS NOT NULL AND {IsCall}";
        yield return "UPDATE batch_run SET first_id = x.first_id, first_series = x.first_series, last_id = x.last_id, outcome = x.outcome, attribution = x.attribution FROM ("
            + "SELECT f.run AS run, f.id AS first_id, s.id AS first_series, l.id AS last_id, l.outcome AS outcome, a.attribution AS attribution "
            + "FROM batch_run_edge f JOIN batch_run_edge l ON l.run = f.run AND l.next_ts IS NULL JOIN batch_series s ON s.number = f.series "
            + "LEFT JOIN (SELECT run, min(attribution) AS attribution FROM batch_run_attribution GROUP BY run) AS a ON a.run = f.run WHERE f.position = 1) AS x WHERE batch_run.number = x.run";
    }

    // A run that turns out to have begun earlier or ended otherwise leaves the counts before its state changes and comes back into them after.
    private IEnumerable<string> Runs()
    {
        const string State = "first_ts, first_id, first_series, last_ts, last_id, outcome, attribution";
        const string IsEarlier = "run.first_ts IS NULL OR (b.first_ts, b.first_id) < (run.first_ts, run.first_id)", IsLater = "run.last_ts IS NULL OR (b.last_ts, b.last_id) > (run.last_ts, run.last_id)";
        yield return CountRuns("-");
        yield return "UPDATE attribution SET runs = attribution.runs + x.runs FROM ("
            + "SELECT b.attribution AS attribution, count(*) AS runs FROM batch_run b LEFT JOIN run u ON u.id = b.id WHERE b.attribution IS NOT NULL AND u.attribution IS NULL GROUP BY b.attribution) AS x WHERE attribution.id = x.attribution";
        yield return $"UPDATE run SET {Choose(IsEarlier, "first_ts", "first_id", "first_series")}, {Choose(IsLater, "last_ts", "last_id", "outcome")}, attribution = coalesce(run.attribution, b.attribution) "
            + "FROM batch_run b WHERE run.id = b.id AND b.first_ts IS NOT NULL";
        yield return $"INSERT INTO run (run_id, {State}) SELECT run_id, {State} FROM batch_run WHERE id IS NULL ORDER BY number";
        yield return "UPDATE batch_run SET id = (SELECT u.id FROM run u WHERE u.run_id = batch_run.run_id) WHERE id IS NULL";
        yield return CountRuns("");
        yield return "INSERT INTO run_attribution (attribution, main, run) SELECT a.attribution, u.attribution, u.id "
            + $"FROM batch_run_attribution a {Join} batch_run b ON b.number = a.run {Join} run u ON u.id = b.id WHERE a.attribution <> u.attribution ON CONFLICT DO NOTHING";
    }

    private static string Choose(string condition, params string[] columns) => Listed(columns.Select(column => $"{column} = CASE WHEN {condition} THEN b.{column} ELSE run.{column} END"));

    private IEnumerable<string> Records()
    {
        string columns = dialect.ListOf(RecordColumn.All.Select(static column => column.Column)), values = dialect.ListOf(RecordColumn.All.Select(static column => column.Column), "r.");
        yield return $"INSERT INTO record (ts, id, series, run, {columns}) SELECT r.ts, r.id, s.id, u.id, {values} FROM batch_record r {Join} batch_series s ON s.number = r.series LEFT JOIN batch_run u ON u.number = r.run";
        string correction = dialect.ListOf(RecordColumn.OfCorrections.Select(static column => column.Column));
        yield return $"INSERT INTO correction (ts, id, {correction}) SELECT ts, id, {correction} FROM batch_record WHERE corrects IS NOT NULL";
    }

    private IEnumerable<string> Sums()
    {
        IReadOnlyList<string> names = SumColumns.NumbersOf(dialect);
        yield return $"INSERT INTO batch_sum (day, series, outcome, first_ts, last_ts, {Listed(names)}, {SumColumns.Extras}) "
            + $"SELECT CAST(r.ts / {TicksPerDay} AS INTEGER), r.series, r.outcome, min(r.ts), max(r.ts), {Listed(SumColumns.AddedBy(dialect, "r.was_unknown").Select(static value => $"sum({value})"))}, extras_total(r.extras) FILTER (WHERE r.extras IS NOT NULL AND {IsCall}) "
            + "FROM batch_record r GROUP BY 1, 2, 3";
        foreach (RollUp rollUp in RollUp.All)
        {
            foreach (Table table in rollUp.Tables)
            {
                yield return Add(rollUp, table, names);
            }
        }

        // Without a condition SQLite takes ON for the condition of a join.
        yield return "INSERT INTO daily_number (day, field, lowest, highest) SELECT day, field, lowest, highest FROM batch_number WHERE true "
            + $"ON CONFLICT (day, field) DO UPDATE SET lowest = {dialect.Least}(daily_number.lowest, excluded.lowest), highest = {dialect.Greatest}(daily_number.highest, excluded.highest)";
        yield return $"UPDATE series SET first_ts = {dialect.Least}(coalesce(series.first_ts, x.first_ts), x.first_ts), last_ts = {dialect.Greatest}(coalesce(series.last_ts, x.last_ts), x.last_ts) "
            + "FROM (SELECT b.id AS id, min(y.first_ts) AS first_ts, max(y.last_ts) AS last_ts FROM batch_sum y JOIN batch_series b ON b.number = y.series GROUP BY b.id) AS x WHERE series.id = x.id";
    }

    private string Add(RollUp rollUp, Table table, IReadOnlyList<string> sums)
    {
        string day = table.Name.StartsWith("monthly", StringComparison.Ordinal) ? dialect.FirstOfMonth : "day";
        string added = Listed(sums.Select(static column => $"sum(x.{column})"));
        return $"INSERT INTO {table.Name} (day, key, outcome, {Listed(rollUp.Labels)}, {Listed(sums)}, {SumColumns.Extras}) "
            + $"SELECT {day}, s.{rollUp.KeyColumn}, x.outcome, {AnyOf(rollUp.Labels, "s")}, {added}, extras_total(x.extras) FILTER (WHERE x.extras IS NOT NULL) "
            + $"FROM batch_sum x {Join} batch_series s ON s.number = x.series GROUP BY 1, 2, 3 "
            + $"ON CONFLICT (day, key, outcome) DO UPDATE SET {SumColumns.Grow(table.Name, [.. sums, SumColumns.Extras])}";
    }

    private string CountRuns(string sign) =>
        $"INSERT INTO daily_run (day, key, {Listed(StoreTables.AccountLabels)}, runs, successful) "
        + $"SELECT CAST(u.first_ts / {TicksPerDay} AS INTEGER), s.account_key, {AnyOf(StoreTables.AccountLabels, "s")}, {sign}count(*), {sign}sum(CASE WHEN u.outcome IN (0, 3) THEN 1 ELSE 0 END) "
        + $"FROM batch_run b {Join} run u ON u.id = b.id {Join} series s ON s.id = u.first_series WHERE b.first_ts IS NOT NULL GROUP BY 1, 2 "
        + $"ON CONFLICT (day, key) DO UPDATE SET {SumColumns.Grow("daily_run", ["runs", "successful"])}";

    // Rows with the same hash have the same labels.
    private static string AnyOf(IEnumerable<string> labels, string alias) => Listed(labels.Select(label => $"min({alias}.{label})"));

    private static string Listed(IEnumerable<string> items) => string.Join(", ", items);
}
