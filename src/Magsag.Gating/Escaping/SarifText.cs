using Magsag.Ledger.Files;

namespace Magsag.Gating.Escaping;

/// <summary>Text of a SARIF message: brackets are links there, and a backslash takes that from them.</summary>
internal static class SarifText
{
    public static string Escape(string text) => PlainText.Escape(text).Replace("\\", "\\\\").Replace("[", "\\[").Replace("]", "\\]");
}
