namespace System.Runtime.CompilerServices;

/// <summary>The compiler marks types with required members with it; netstandard2.0 doesn't have it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Field | AttributeTargets.Property, Inherited = false)]
internal sealed class RequiredMemberAttribute : Attribute;
