namespace Magsag.Storage.Search;

/// <summary>How the values of a field are compared.</summary>
internal enum SearchFieldKind
{
    /// <summary>By its words; kept with the series.</summary>
    Text,

    /// <summary>By how the id begins.</summary>
    Run,

    /// <summary>As a number.</summary>
    Number,

    /// <summary>As an exact amount.</summary>
    Money,

    /// <summary>By one of a set of words that stand for numbers.</summary>
    Word,
}
