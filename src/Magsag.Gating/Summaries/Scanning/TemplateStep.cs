namespace Magsag.Gating;

/// <summary>A stretch of a line that is expected as it is, and the member whose value comes after it.</summary>
/// <param name="Text">The stretch.</param>
/// <param name="First">The first member that lies within the stretch as a whole.</param>
/// <param name="Changing">The member whose name ends the stretch and whose value changes; the number of members where the line ends.</param>
internal readonly record struct TemplateStep(byte[] Text, int First, int Changing);
