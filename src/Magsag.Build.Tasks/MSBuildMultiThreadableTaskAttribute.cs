namespace Microsoft.Build.Framework;

/// <summary>Tells MSBuild that a task may run beside others in one process; MSBuild looks for it by name.</summary>
/// <remarks>Declared here because the oldest supported MSBuild doesn't have it. It is true of a task that uses no current directory, environment, console or statics.</remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
