namespace Magsag.Storage.Schema;

/// <summary>What a column holds, whatever a database calls it.</summary>
internal enum ColumnType
{
    /// <summary>The key of a row, given by the database.</summary>
    Identity,

    /// <summary>A 32-bit integer.</summary>
    Integer,

    /// <summary>A 64-bit integer: a count, the key of another row, or a time in ticks of 100 ns since the year 1, in UTC.</summary>
    Long,

    /// <summary>A double.</summary>
    Real,

    /// <summary>A text that is compared by its code points.</summary>
    Text,

    /// <summary>An id or a hash of 16 bytes.</summary>
    Uuid,

    /// <summary>An exact amount of US dollars; may be several columns in a database.</summary>
    Money,

    /// <summary>The words of a row as the database's text search takes them.</summary>
    Words,
}
