namespace Magsag.Runtime.Sdks.Tests;

/// <summary>What becomes of a request.</summary>
public enum Mishap
{
    /// <summary>It is answered.</summary>
    None,

    /// <summary>It is billed and never answered.</summary>
    Silence,

    /// <summary>It is billed and its connection is reset.</summary>
    Reset,

    /// <summary>It is billed and answered with 500.</summary>
    ServerError,

    /// <summary>It is billed and its answer breaks off.</summary>
    Cut,

    /// <summary>It is billed and its answer is no JSON.</summary>
    Unreadable,

    /// <summary>It is billed, and its answer goes on beyond any cap.</summary>
    GoesOn,

    /// <summary>It is refused with 429 and not billed.</summary>
    TooMany,

    /// <summary>It is refused with 400 and not billed.</summary>
    Invalid,
}
