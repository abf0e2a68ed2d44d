namespace Magsag.Runtime.Calls;

/// <summary>One billable request of a call, seen by a layer below the one that opened the call's <see cref="CallCorrelation"/>.</summary>
internal interface ICallAttempt
{
    /// <summary>Ends the attempt if it hasn't ended by itself, and says what was seen of it. Later calls say the same.</summary>
    CallObservation Finish();
}
