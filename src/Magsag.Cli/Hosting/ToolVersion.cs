using System.Reflection;

namespace Magsag.Cli.Hosting;

/// <summary>The version of the tool.</summary>
internal static class ToolVersion
{
    /// <summary>As its package has it: <c>0.1.0</c>.</summary>
    public static string Text { get; } = typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Prints the version and the day of the newest source of the prices; false when stdout can't be written.</summary>
    public static bool TryPrint()
    {
        try
        {
            Console.Out.WriteLine(Text);
            Console.Out.WriteLine($"prices of {CatalogSyntax.Print(PriceCatalog.Embedded.AsOf.UtcDateTime)}");
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
