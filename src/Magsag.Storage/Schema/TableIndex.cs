namespace Magsag.Storage.Schema;

/// <summary>An index of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Table">The table.</param>
/// <param name="Columns">The columns, separated by commas.</param>
/// <param name="Condition">Which rows it has, in SQL; null for all.</param>
internal sealed record TableIndex(string Name, string Table, string Columns, string? Condition = null)
{
    /// <summary>True when no two rows may have the same values.</summary>
    public bool IsUnique { get; init; }

    /// <summary>The statement that creates it.</summary>
    public string CreateSql => $"CREATE {(IsUnique ? "UNIQUE " : "")}INDEX {Name} ON {Table} ({Columns}){(Condition is null ? "" : " WHERE " + Condition)}";
}
