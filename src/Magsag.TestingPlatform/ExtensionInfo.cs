using System.Reflection;

namespace Magsag.TestingPlatform;

/// <summary>What the platform asks every extension about itself.</summary>
internal static class ExtensionInfo
{
    public static string Version { get; } =
        typeof(ExtensionInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
}
