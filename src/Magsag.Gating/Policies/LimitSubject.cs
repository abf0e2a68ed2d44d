namespace Magsag.Gating;

/// <summary>Whose spend a limit is about.</summary>
public enum LimitSubject
{
    /// <summary>Everything that is spent.</summary>
    Everything,

    /// <summary>One agent's spend.</summary>
    Agent,

    /// <summary>The spend on one model.</summary>
    Model,
}
