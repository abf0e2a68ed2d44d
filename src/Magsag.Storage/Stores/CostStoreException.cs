namespace Magsag.Storage.Stores;

/// <summary>A store can't be opened, read or written: says which one, why, and what to do.</summary>
public sealed class CostStoreException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">Which store, what was found, what was expected, what to do.</param>
    /// <param name="innerException">What the database said.</param>
    public CostStoreException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
