namespace System.Runtime.CompilerServices;

/// <summary>The compiler guards constructors of types with required members with it; netstandard2.0 doesn't have it.</summary>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true, Inherited = false)]
internal sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute
{
    public string FeatureName { get; } = featureName;
}
