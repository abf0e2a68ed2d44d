using System.Text.Json;

namespace Magsag.Ledger.Files;

/// <summary>A token of a JSON file.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Text">The text of a name, a string or a number; null for any other.</param>
/// <param name="Line">The line that it begins on, counted from 1.</param>
internal readonly record struct JsonToken(JsonTokenType Type, string? Text, int Line);
