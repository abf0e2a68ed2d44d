namespace Magsag.Runtime.Wire;

/// <summary>Follows the body of an answer while the app reads it.</summary>
internal interface IAnswerObserver
{
    /// <summary>Takes bytes that were just read.</summary>
    void Read(ReadOnlySpan<byte> bytes);

    /// <summary>Takes note that reading failed.</summary>
    void Fail(Exception error);

    /// <summary>Takes note that reading ended. Only the first end counts.</summary>
    void EndAnswer(AnswerEnd end);
}
