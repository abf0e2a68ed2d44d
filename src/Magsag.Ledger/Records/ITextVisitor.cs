namespace Magsag.Ledger.Records;

/// <summary>Sees each text of a record. The compiler makes code of its own for every struct that implements it.</summary>
internal interface ITextVisitor
{
    /// <param name="text">The text, which may be replaced.</param>
    /// <param name="isOfProvider">Whether a provider says it.</param>
    void Visit(ref string? text, bool isOfProvider = false);
}
