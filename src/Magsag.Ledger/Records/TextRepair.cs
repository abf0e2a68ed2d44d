namespace Magsag.Ledger.Records;

/// <summary>Makes the texts of a record such as a ledger can keep.</summary>
internal readonly struct TextRepair : ITextVisitor
{
    public void Visit(ref string? text, bool isOfProvider) => text = isOfProvider ? NameText.OfProvider(text) : NameText.Of(text);
}
