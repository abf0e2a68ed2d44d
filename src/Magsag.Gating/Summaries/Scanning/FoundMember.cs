namespace Magsag.Gating;

/// <summary>A member as it was found in a line.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ValueStart">Where its value begins in the line.</param>
/// <param name="End">Where its value ends.</param>
internal readonly record struct FoundMember(MemberName Name, int ValueStart, int End);
