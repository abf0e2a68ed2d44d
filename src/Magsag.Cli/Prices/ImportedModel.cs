namespace Magsag.Cli.Prices;

/// <summary>One model as another price list has it.</summary>
/// <param name="Entry">The model in the catalogue's terms.</param>
/// <param name="Line">The line of the list.</param>
/// <param name="Figures">Each price that the list has for it, taken or refused.</param>
/// <param name="Problem">Why the model can't be taken over, or null.</param>
internal sealed record ImportedModel(ModelEntry Entry, int Line, IReadOnlyList<ImportedFigure> Figures, string? Problem = null)
{
    public const string NoTokenPrice = "The list has no price for tokens.";

    /// <summary>A model whose entry can't be understood.</summary>
    public static ImportedModel Malformed(ModelEntry entry, int line, string problem, IReadOnlyList<ImportedFigure>? figures = null) => new(entry, line, figures ?? [], $"Malformed: {problem}");

    /// <summary>A model with its prices; with a problem when they don't say what the first token costs.</summary>
    public static ImportedModel Of(ModelEntry entry, int line, IReadOnlyList<PricePeriod> periods, IReadOnlyList<ImportedFigure> figures) =>
        new(entry with { Periods = periods }, line, figures, ProblemOf(entry, periods));

    /// <summary>Its prices that aren't taken over: all where the model isn't.</summary>
    public IEnumerable<RefusedFigure> Refused(string? problem) => Figures
        .Where(figure => problem is not null || figure.Refusal is not null)
        .Select(figure => new RefusedFigure(Entry.Provider, Entry.Model, Line, figure.Name, problem ?? figure.Refusal!));

    private static string? ProblemOf(ModelEntry entry, IReadOnlyList<PricePeriod> periods) =>
        entry.Provider.Length == 0 || entry.Provider.Any(char.IsWhiteSpace) ? "The provider's name is empty or has a blank in it."
        : entry.Model.Length == 0 || entry.Model.Any(char.IsWhiteSpace) ? "The model's id is empty or has a blank in it."
        : periods.Count == 0 || !periods.All(HasBase) ? NoTokenPrice
        : null;

    private static bool HasBase(PricePeriod period) => period.Lines.Any(static line => line is { Channel: "standard", Over: 0 });
}
