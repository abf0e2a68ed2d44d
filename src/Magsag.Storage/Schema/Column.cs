namespace Magsag.Storage.Schema;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name; a column of money may have other names in a database.</param>
/// <param name="Type">What it holds.</param>
/// <param name="IsRequired">False when its value may be unknown.</param>
internal sealed record Column(string Name, ColumnType Type, bool IsRequired = false);
