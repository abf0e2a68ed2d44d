namespace Magsag.Gating;

/// <summary>How the last call of a run ended.</summary>
internal sealed class RunOutcome
{
    private DateTimeOffset _at;

    public CallOutcome Outcome { get; private set; }

    public void Add(DateTimeOffset at, CallOutcome outcome)
    {
        if (at >= _at)
        {
            (_at, Outcome) = (at, outcome);
        }
    }
}
