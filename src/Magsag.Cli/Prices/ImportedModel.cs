namespace Magsag.Cli.Prices;

/// <summary>One model as another price list has it.</summary>
internal sealed record ImportedModel(ModelEntry Entry, int Line, string? Problem = null)
{
    /// <summary>A model whose entry can't be understood.</summary>
    public static ImportedModel Malformed(ModelEntry entry, int line, string problem) => new(entry, line, $"Malformed: {problem}");

    /// <summary>A model with its prices; with a problem when they don't say what the first token costs.</summary>
    public static ImportedModel Of(ModelEntry entry, int line, IReadOnlyList<PricePeriod> periods) =>
        entry.Provider.Length == 0 || entry.Provider.Any(char.IsWhiteSpace) ? new(entry, line, "The provider's name is empty or has a blank in it.")
        : entry.Model.Length == 0 || entry.Model.Any(char.IsWhiteSpace) ? new(entry, line, "The model's id is empty or has a blank in it.")
        : periods.Count == 0 || !periods.All(HasBase) ? new(entry, line, "The list has no price for tokens.")
        : new(entry with { Periods = periods }, line);

    private static bool HasBase(PricePeriod period) => period.Lines.Any(static line => line is { Channel: "standard", Over: 0 });
}
