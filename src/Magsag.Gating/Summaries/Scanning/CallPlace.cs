namespace Magsag.Gating;

/// <summary>Where a line begins: decides which of two calls with the same time comes later, as reading one file after the other would.</summary>
internal readonly record struct CallPlace(int File, long Offset) : IComparable<CallPlace>
{
    public int CompareTo(CallPlace other) => File != other.File ? File.CompareTo(other.File) : Offset.CompareTo(other.Offset);
}
