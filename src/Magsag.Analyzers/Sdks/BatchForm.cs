namespace Magsag.Analyzers.Sdks;

/// <summary>A call for one item that has a form for many, as data.</summary>
/// <param name="One">The method for one item.</param>
/// <param name="Many">The method for many.</param>
/// <param name="ItemResult">What <paramref name="One"/> returns, in terms of an item <c>{0}</c> of what <paramref name="Many"/> returns; null when that can't be told, so that there is no fix.</param>
internal sealed record BatchForm(string One, string Many, string? ItemResult = null)
{
    /// <summary>The member of what <see cref="Many"/> returns that has the items; null when they are what it returns.</summary>
    public string? ItemsMember { get; init; }

    /// <summary>The member of what <see cref="One"/> returns that has the result; null when that is what it returns.</summary>
    public string? ResultMember { get; init; }

    /// <summary>True when <see cref="Many"/> takes a list, and no other sequence.</summary>
    public bool TakesList { get; init; }
}
