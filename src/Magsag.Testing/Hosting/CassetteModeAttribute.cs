namespace Magsag.Testing;

/// <summary>Chooses the mode of a test, of the tests of a class, or of an assembly. The variable and the property stand above it in CI, below it at a desk.</summary>
/// <param name="mode">The mode.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Assembly)]
public sealed class CassetteModeAttribute(CassetteMode mode) : Attribute
{
    /// <summary>The mode.</summary>
    public CassetteMode Mode { get; } = mode;
}
