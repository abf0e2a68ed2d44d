using System.Globalization;
using System.Text.Json;

namespace Magsag.Cli.Prices;

/// <summary>Reads LiteLLM's price map: one member per model, prices in US dollars per single token.</summary>
internal static class LiteLlmPrices
{
    private const decimal Million = 1_000_000m;

    private const string UnknownProvider = "unknown";

    private static readonly string[] Reserved = ["sample_spec", "fallback_generalizations"];

    private static readonly (string Key, RateUnit Unit)[] Units =
    [
        ("input_cost_per_token", RateUnit.Input),
        ("cache_read_input_token_cost", RateUnit.CachedInput),
        ("cache_creation_input_token_cost", RateUnit.CacheWrite),
        ("output_cost_per_token", RateUnit.Output),
    ];

    private static readonly (string Key, RateUnit Unit)[] StandardUnits =
    [
        ("cache_creation_input_token_cost_above_1hr", RateUnit.CacheWriteOneHour),
        ("output_cost_per_reasoning_token", RateUnit.Reasoning),
        ("citation_cost_per_token", RateUnit.Citation),
        ("input_cost_per_audio_token", RateUnit.InputAudio),
        ("cache_read_input_audio_token_cost", RateUnit.CachedInputAudio),
        ("output_cost_per_audio_token", RateUnit.OutputAudio),
        ("input_cost_per_image_token", RateUnit.InputImage),
        ("output_cost_per_image_token", RateUnit.OutputImage),
    ];

    private static readonly (string Channel, string Suffix)[] Channels = [("standard", ""), ("batch", "_batches"), ("flex", "_flex"), ("priority", "_priority")];

    private static readonly int[] Thresholds = [128_000, 200_000, 256_000, 272_000, 512_000];

    public static IEnumerable<ImportedModel> Read(PriceJson json, DateTime readOn)
    {
        if (json.Root.ValueKind != JsonValueKind.Object)
        {
            throw json.Fault(1, "Expected an object with one member per model, as LiteLLM's price map has.");
        }

        HashSet<string> repeated = new(json.Root.EnumerateObject().GroupBy(member => member.Name, StringComparer.Ordinal).Where(group => group.Skip(1).Any()).Select(group => group.Key), StringComparer.Ordinal);
        foreach (JsonProperty member in json.Root.EnumerateObject().Where(member => !Reserved.Contains(member.Name)))
        {
            int line = json.LineOf(member.Name);
            string? twice = repeated.Contains(member.Name) ? "the model stands twice in the list." : null;
            if ((twice ?? ProblemOf(member.Value)) is { } problem)
            {
                yield return ImportedModel.Malformed(new ModelEntry { Provider = UnknownProvider, Model = member.Name.ToLowerInvariant() }, line, problem);
            }
            else if (HasPrices(member.Value))
            {
                yield return ReadModel(member, JsonMembers.Text(member.Value, "litellm_provider")!, line, readOn);
            }
        }
    }

    // Models that are billed by the image, the page or the second have no such member, and are passed over.
    private static bool HasPrices(JsonElement model) => (JsonMembers.Child(model, "input_cost_per_token") ?? JsonMembers.Child(model, "tiered_pricing")) is not null;

    private static string? ProblemOf(JsonElement model) => model.ValueKind switch
    {
        not JsonValueKind.Object => $"expected an object with the model's prices, found {ExcerptOf(model)}.",
        _ when PriceJson.RepeatedMember(model) is { } twice => $"the member '{twice}' stands twice.",
        _ when HasPrices(model) && JsonMembers.Text(model, "litellm_provider") is not { Length: > 0 } => $"'litellm_provider' is {(JsonMembers.Child(model, "litellm_provider") is { } found ? ExcerptOf(found) : "missing")}; expected the provider's name.",
        _ => null,
    };

    private static ImportedModel ReadModel(JsonProperty member, string provider, int line, DateTime readOn)
    {
        int slash = member.Name.IndexOf('/');
        var entry = new ModelEntry
        {
            Provider = ImportedProviders.Canonical(provider),
            Model = (slash > 0 && IsProvider(member.Name.Substring(0, slash), provider) ? member.Name.Substring(slash + 1) : member.Name).ToLowerInvariant(),
            Mode = JsonMembers.Text(member.Value, "mode") ?? "chat",
            ContextWindow = JsonMembers.SmallNumber(member.Value, "max_input_tokens"),
            MaxOutputTokens = JsonMembers.SmallNumber(member.Value, "max_output_tokens"),
            RetiredOn = DateTime.TryParseExact(JsonMembers.Text(member.Value, "deprecation_date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day) ? day : null,
        };

        try
        {
            return ImportedModel.Of(entry, line, [ReadPeriod(member.Value) with { Source = "litellm", ReadOn = readOn }]);
        }
        catch (FormatException error)
        {
            return ImportedModel.Malformed(entry, line, error.Message);
        }
    }

    private static PricePeriod ReadPeriod(JsonElement model)
    {
        if (JsonMembers.Child(model, "tiered_pricing") is { } tiers)
        {
            if (tiers.ValueKind != JsonValueKind.Array)
            {
                throw new FormatException($"'tiered_pricing' is {ExcerptOf(tiers)}; expected a list of tiers.");
            }

            RateLine[] bands = [.. tiers.EnumerateArray().Select(ReadGraduatedTier).OrderBy(band => band.Over)];
            return new PricePeriod { Graduated = true, Lines = bands };
        }

        var lines = new List<RateLine>();
        foreach ((string channel, string suffix) in Channels)
        {
            Add(lines, channel, 0, key => key + suffix, model, withStandardUnits: channel == "standard");
            foreach (int threshold in Thresholds)
            {
                Add(lines, channel, threshold, key => $"{key}_above_{threshold / 1000}k_tokens{suffix}", model, withStandardUnits: false);
            }
        }

        return new PricePeriod { Lines = WithStandardTiers(lines) };
    }

    // A tier that only a channel has: there the standard price goes on.
    private static List<RateLine> WithStandardTiers(List<RateLine> lines)
    {
        RateLine[] standard = [.. lines.Where(line => line.Channel == "standard")];
        IEnumerable<RateLine> missing = standard.Length == 0 ? [] : lines.Select(line => line.Over).Except(standard.Select(line => line.Over)).Select(over => standard.Last(line => line.Over < over) with { Over = over });
        return [.. lines.Concat(missing).OrderBy(line => Array.FindIndex(Channels, channel => channel.Channel == line.Channel)).ThenBy(line => line.Over)];
    }

    private static void Add(List<RateLine> lines, string channel, long over, Func<string, string> key, JsonElement model, bool withStandardUnits)
    {
        var prices = new decimal?[RateUnits.Count];
        foreach ((string name, RateUnit unit) in withStandardUnits ? Units.Concat(StandardUnits) : Units)
        {
            prices[(int)unit] = PerMillion(model, key(name));
        }

        if (withStandardUnits && PerMillion(JsonMembers.Child(model, "search_context_cost_per_query"), "search_context_size_medium") is { } query)
        {
            prices[(int)RateUnit.WebSearch] = query / 1000m;
        }

        if (prices.Any(price => price is not null))
        {
            lines.Add(new RateLine(channel, over, new Rates(prices)));
        }
    }

    private static RateLine ReadGraduatedTier(JsonElement tier)
    {
        var prices = new decimal?[RateUnits.Count];
        foreach ((string name, RateUnit unit) in Units)
        {
            prices[(int)unit] = PerMillion(tier, name);
        }

        return new RateLine("standard", BeginningOf(tier), new Rates(prices));
    }

    private static long BeginningOf(JsonElement tier)
    {
        if (JsonMembers.Child(tier, "range") is { ValueKind: JsonValueKind.Array } range
            && range.GetArrayLength() > 0
            && range[0].ValueKind == JsonValueKind.Number
            && range[0].TryGetDecimal(out decimal over)
            && over is >= 0m and <= int.MaxValue)
        {
            return (long)over;
        }

        throw new FormatException($"a tier of 'tiered_pricing' is {ExcerptOf(tier)}; expected a 'range' of tokens, from and to, and prices.");
    }

    private static decimal? PerMillion(JsonElement? parent, string name)
    {
        if (JsonMembers.Child(parent, name) is not { } value)
        {
            return null;
        }

        // The map has some prices as text.
        string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal price) && price is >= 0m and < Million
            ? price * Million
            : throw new FormatException($"'{name}' is {ExcerptOf(value)}; expected US dollars per token, 0 or more.");
    }

    private static string ExcerptOf(JsonElement value) => Excerpt.From(value.GetRawText());

    private static bool IsProvider(string prefix, string provider) => prefix == provider || ImportedProviders.Canonical(prefix) == ImportedProviders.Canonical(provider);
}
