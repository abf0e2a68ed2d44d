namespace System.Diagnostics.CodeAnalysis;

/// <summary>Marks a constructor that sets every required member; netstandard2.0 doesn't have it.</summary>
[AttributeUsage(AttributeTargets.Constructor, Inherited = false)]
internal sealed class SetsRequiredMembersAttribute : Attribute;
