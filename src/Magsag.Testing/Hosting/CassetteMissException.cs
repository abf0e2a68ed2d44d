namespace Magsag.Testing;

/// <summary>A test made a call that its cassette doesn't have. The message says what differs from what was recorded, by how many tokens, and how to record again.</summary>
public sealed class CassetteMissException : CassetteException
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    public CassetteMissException(string message)
        : base(message)
    {
    }
}
