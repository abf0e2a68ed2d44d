namespace Magsag.Testing;

/// <summary>A cassette can't be used as it was asked to: no test is running, a secret would be written, a handler stands in the wrong place.</summary>
public class CassetteException : Exception, IUnsentRequest
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    public CassetteException(string message)
        : base(message)
    {
    }
}
