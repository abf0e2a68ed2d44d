namespace Magsag.Storage.Search;

/// <summary>How a search term compares.</summary>
internal enum SearchOperator
{
    Matches,
    IsKnown,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
