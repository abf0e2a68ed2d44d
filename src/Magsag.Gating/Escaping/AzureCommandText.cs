using Magsag.Ledger.Files;

namespace Magsag.Gating.Escaping;

/// <summary>Text in a logging command of Azure Pipelines.</summary>
internal static class AzureCommandText
{
    /// <summary>The message that ends a command.</summary>
    public static string Message(string text) => PlainText.OneLine(text).Replace("%", "%AZP25");

    /// <summary>The value of a property.</summary>
    public static string Property(string text) => Message(text).Replace(";", "%3B").Replace("]", "%5D");
}
