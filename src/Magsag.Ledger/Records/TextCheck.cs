namespace Magsag.Ledger.Records;

/// <summary>Whether a ledger can keep the texts of a record as they are.</summary>
internal struct TextCheck() : ITextVisitor
{
    public bool AreValid { get; private set; } = true;

    public void Visit(ref string? text, bool isOfProvider) => AreValid = AreValid && (isOfProvider ? NameText.IsValidOfProvider(text) : NameText.IsValid(text));
}
