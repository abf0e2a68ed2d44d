namespace Magsag.Storage.Schema;

/// <summary>A table, the same in every database.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Key">The columns of its primary key; empty when a column of the type <see cref="ColumnType.Identity"/> is the key.</param>
internal sealed record Table(string Name, IReadOnlyList<Column> Columns, params IReadOnlyList<string> Key);
