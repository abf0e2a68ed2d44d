namespace Magsag.Analyzers.Corpus.Scoring;

/// <summary>What came of a label, or of a diagnostic that no label expects.</summary>
internal enum Outcome
{
    /// <summary>A finding that was reported.</summary>
    Found,

    /// <summary>A finding that wasn't reported.</summary>
    Missed,

    /// <summary>Nothing was reported about code that doesn't bind here: its packages or its version of an SDK aren't referenced.</summary>
    Unbound,

    /// <summary>A near miss about which nothing was reported.</summary>
    Quiet,

    /// <summary>Reported where nothing is expected.</summary>
    Wrong,
}
