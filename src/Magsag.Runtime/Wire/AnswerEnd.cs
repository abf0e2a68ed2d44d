namespace Magsag.Runtime.Wire;

/// <summary>How the reading of an answer ended.</summary>
internal enum AnswerEnd
{
    /// <summary>The reader came to the end.</summary>
    Read,

    /// <summary>The reader stopped before the end.</summary>
    Left,

    /// <summary>The caller cancelled.</summary>
    Cancelled,

    /// <summary>The connection or the provider failed.</summary>
    Broken,
}
