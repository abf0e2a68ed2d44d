using Magsag.Ledger.Files;

namespace Magsag.Gating.Escaping;

/// <summary>Text in a workflow command of GitHub Actions.</summary>
internal static class WorkflowCommandText
{
    /// <summary>The message that ends a command.</summary>
    public static string Message(string text) => PlainText.OneLine(text).Replace("%", "%25");

    /// <summary>The value of a property.</summary>
    public static string Property(string text) => Message(text).Replace(":", "%3A").Replace(",", "%2C");
}
