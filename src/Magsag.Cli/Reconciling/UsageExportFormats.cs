namespace Magsag.Cli.Reconciling;

/// <summary>The exports that are known. A new one is a row here, with a reader beside it.</summary>
internal static class UsageExportFormats
{
    public static IReadOnlyList<UsageExportFormat> All { get; } = [.. OpenAIExports.All, .. AnthropicExports.All, .. AzureExports.All];

    public static IReadOnlySet<string> Columns(params ReadOnlySpan<string> names)
    {
        var keys = new HashSet<string>();
        foreach (string name in names)
        {
            keys.Add(ExportRow.KeyOf(name));
        }

        return keys;
    }
}
