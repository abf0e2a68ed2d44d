namespace Magsag.Runtime;

/// <summary>One billable request at a call, seen by a way in below the one that opened the call's <see cref="CallSlot"/>.</summary>
internal interface ICallAttempt
{
    /// <summary>Ends the attempt if it hasn't ended by itself, and says what was seen of it. Later calls say the same.</summary>
    CallObservation Finish();
}
