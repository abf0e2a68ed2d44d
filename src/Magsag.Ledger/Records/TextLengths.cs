namespace Magsag.Ledger.Records;

/// <summary>How long the texts of a record are.</summary>
internal struct TextLengths : ITextVisitor
{
    public int Sum { get; private set; }

    public int Longest { get; private set; }

    public void Visit(ref string? text, bool isOfProvider)
    {
        int length = text?.Length ?? 0;
        Sum = checked(Sum + length);
        Longest = Math.Max(Longest, length);
    }
}
