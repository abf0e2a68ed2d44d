namespace Magsag.Runtime.Calls;

/// <summary>Joins the attempts at one call where no middleware does: as soon as one failed, it and those after it share an id.</summary>
internal sealed class CallLink
{
    private string? _id;

    /// <summary>The id for an attempt that has ended; null for one that neither failed nor follows one that did.</summary>
    public string? IdOf(bool failed) => failed ? _id ??= RecordId.New(DateTimeOffset.UtcNow).ToString() : _id;
}
