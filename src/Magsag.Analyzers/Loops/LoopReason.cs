namespace Magsag.Analyzers.Loops;

/// <summary>Why a loop runs again.</summary>
internal enum LoopReason
{
    /// <summary>There is a further item.</summary>
    Items,

    /// <summary>A number of rounds isn't reached yet; nothing is picked by that number.</summary>
    Count,

    /// <summary>Something is waited for: a person, a message, a state.</summary>
    Wait,
}
