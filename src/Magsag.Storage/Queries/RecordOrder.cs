namespace Magsag.Storage.Queries;

/// <summary>The order of the records of a query.</summary>
public enum RecordOrder
{
    /// <summary>The newest call first.</summary>
    NewestFirst,

    /// <summary>The oldest call first.</summary>
    OldestFirst,
}
