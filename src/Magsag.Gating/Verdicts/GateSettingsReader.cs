using System.Globalization;
using Magsag.Gating.Findings;
using Magsag.Ledger.Figures;
using Magsag.Ledger.Files;

namespace Magsag.Gating.Verdicts;

/// <summary>Reads how a gate judges from the text of MSBuild properties.</summary>
internal static class GateSettingsReader
{
    /// <summary>Reads the settings; an empty one has its default.</summary>
    /// <param name="projectFile">The project that has the properties, for errors.</param>
    /// <param name="maxCostIncrease"><c>MagsagMaxCostIncrease</c>: by how many percent a cost may rise.</param>
    /// <param name="minCostIncreaseUsd"><c>MagsagMinCostIncreaseUsd</c>: rises of no more than this many US dollars aren't reported.</param>
    /// <param name="missingBaseline"><c>MagsagMissingBaseline</c>: <c>error</c>, <c>warning</c>, <c>message</c> or <c>none</c>.</param>
    /// <param name="missingRecording"><c>MagsagMissingRecording</c>: <c>error</c>, <c>warning</c>, <c>message</c> or <c>none</c>.</param>
    /// <exception cref="UnreadableInputException">A setting has a value that it can't have.</exception>
    public static GateSettings Read(string projectFile, string? maxCostIncrease, string? minCostIncreaseUsd, string? missingBaseline, string? missingRecording = null) => new()
    {
        MaxIncreasePercent = ReadAmount(projectFile, "MagsagMaxCostIncrease", maxCostIncrease, 20m, "a percentage of 0 or more, such as 20"),
        MinIncreaseUsd = ReadAmount(projectFile, "MagsagMinCostIncreaseUsd", minCostIncreaseUsd, 0m, "US dollars of 0 or more, such as 0.001"),
        MissingBaseline = ReadWeight(projectFile, "MagsagMissingBaseline", missingBaseline),
        MissingRecording = ReadWeight(projectFile, "MagsagMissingRecording", missingRecording),
    };

    // No sign is allowed, so that a negative threshold is refused as any other text is.
    private static decimal ReadAmount(string projectFile, string property, string? text, decimal fallback, string expected)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return fallback;
        }

        return decimal.TryParse(text!.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount) && amount <= FigureBounds.MostUsd
            ? amount
            : throw Refuse(projectFile, property, text, expected);
    }

    private static FindingSeverity? ReadWeight(string projectFile, string property, string? text) => text?.Trim().ToLowerInvariant() switch
    {
        null or "" or "warning" => FindingSeverity.Warning,
        "error" => FindingSeverity.Error,
        "message" => FindingSeverity.Message,
        "none" => null,
        _ => throw Refuse(projectFile, property, text, "error, warning, message or none"),
    };

    private static UnreadableInputException Refuse(string projectFile, string property, string found, string expected) =>
        new(projectFile, 0, $"{property} is '{Excerpt.From(found)}'; expected {expected}.");
}
