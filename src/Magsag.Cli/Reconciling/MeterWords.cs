namespace Magsag.Cli.Reconciling;

/// <summary>What the name of an Azure meter says: <c>gpt 4o 1120 cached Inp glbl Tokens</c> are cached input tokens of gpt-4o-1120.</summary>
internal sealed record MeterWords(string Model, bool IsOutput, bool IsCached, bool IsCacheWrite, IReadOnlyList<string> Tiers)
{
    private static readonly string[] Input = ["inp", "inpt", "input", "in"];
    private static readonly string[] Output = ["outp", "outpt", "opt", "output", "out"];
    private static readonly string[] Cached = ["cached", "cchd", "cd", "cache"];
    private static readonly string[] Written = ["wr", "write"];
    private static readonly string[] Places = ["glbl", "gl", "global", "regnl", "rgnl", "regional", "dz", "dzone", "datazone", "data", "zone", "std", "standard", "tokens", "1k", "1m", "shortco", "longco"];

    private static readonly Dictionary<string, string> Channels = new(StringComparer.Ordinal)
    {
        ["batch"] = "batch",
        ["pp"] = "priority",
        ["priority"] = "priority",
        ["flex"] = "flex",
    };

    private static readonly Dictionary<string, string> Zones = new(StringComparer.Ordinal)
    {
        ["dz"] = "data zone",
        ["dzone"] = "data zone",
        ["datazone"] = "data zone",
        ["regnl"] = "regional",
        ["rgnl"] = "regional",
        ["regional"] = "regional",
        ["longco"] = "long context",
    };

    public static bool IsTokens(string meter) => meter.EndsWith("tokens", StringComparison.OrdinalIgnoreCase);

    public static MeterWords Parse(string meter)
    {
        string[] words = meter.ToLowerInvariant().Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        string[] model = [.. words.Where(static word => !Input.Contains(word) && !Output.Contains(word) && !Cached.Contains(word) && !Written.Contains(word) && !Places.Contains(word) && !Channels.ContainsKey(word))];
        bool isWritten = words.Any(Written.Contains);
        return new MeterWords(
            string.Join('-', model is [[>= '0' and <= '9', ..], ..] ? model.Prepend("gpt") : model),
            words.Any(Output.Contains),
            !isWritten && words.Any(Cached.Contains),
            isWritten,
            [.. words.Select(static word => Channels.GetValueOrDefault(word) ?? Zones.GetValueOrDefault(word)).OfType<string>().Distinct()]);
    }
}
