namespace Magsag.Analyzers.Corpus.Scoring;

/// <summary>What came of the fix of a diagnostic.</summary>
internal enum FixOutcome
{
    /// <summary>No fix was offered.</summary>
    None,

    /// <summary>It was applied, and the file has no error that it hadn't before.</summary>
    Compiled,

    /// <summary>It was applied, and the file has a new error.</summary>
    Broken,
}
