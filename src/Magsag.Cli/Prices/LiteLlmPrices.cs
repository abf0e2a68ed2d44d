using System.Globalization;
using System.Text.Json;

namespace Magsag.Cli.Prices;

/// <summary>Reads LiteLLM's price map: one member per model, prices in US dollars per single token.</summary>
internal static class LiteLlmPrices
{
    private const decimal Million = 1_000_000m;

    private const string UnknownProvider = "unknown";

    private static readonly string[] Reserved = ["sample_spec", "fallback_generalizations"];

    private const string SearchCost = "search_context_cost_per_query";
    private const string MediumSearch = "search_context_size_medium";
    private const string SpecificEntry = "provider_specific_entry";
    private const string Uplift = "regional_processing_uplift_multiplier_";

    private static readonly Dictionary<string, RateUnit> Units = new(StringComparer.Ordinal)
    {
        ["input_cost_per_token"] = RateUnit.Input,
        ["cache_read_input_token_cost"] = RateUnit.CachedInput,
        ["input_cost_per_token_cache_hit"] = RateUnit.CachedInput,
        ["cache_creation_input_token_cost"] = RateUnit.CacheWrite,
        ["cache_creation_input_token_cost_above_1hr"] = RateUnit.CacheWriteOneHour,
        ["output_cost_per_token"] = RateUnit.Output,
        ["output_cost_per_reasoning_token"] = RateUnit.Reasoning,
        ["citation_cost_per_token"] = RateUnit.Citation,
        ["input_cost_per_audio_token"] = RateUnit.InputAudio,
        ["cache_read_input_audio_token_cost"] = RateUnit.CachedInputAudio,
        ["output_cost_per_audio_token"] = RateUnit.OutputAudio,
        ["input_cost_per_image_token"] = RateUnit.InputImage,
        ["output_cost_per_image_token"] = RateUnit.OutputImage,
        ["output_cost_per_video_token"] = RateUnit.OutputVideo,
    };

    // The catalogue's words for what models do.
    private static readonly Dictionary<string, string> Modes = new(StringComparer.Ordinal)
    {
        ["completion"] = "chat",
        ["responses"] = "chat",
        ["realtime"] = "chat",
        ["audio_transcription"] = "audio",
        ["audio_speech"] = "audio",
        ["image_generation"] = "image",
        ["image_edit"] = "image",
    };

    private static readonly Dictionary<string, string> Suffixes = new(StringComparer.Ordinal) { ["_batches"] = "batch", ["_flex"] = "flex", ["_priority"] = "priority" };

    public static IEnumerable<ImportedModel> Read(PriceJson json, DateTime readOn)
    {
        if (json.Root.ValueKind != JsonValueKind.Object)
        {
            throw json.Fault(1, "Expected an object with one member per model, as LiteLLM's price map has.");
        }

        if (!json.Root.EnumerateObject().Any(static member => JsonMembers.Child(member.Value, "litellm_provider") is not null || HasPrices(member.Value)))
        {
            throw json.Fault(1, "No member is a model with its provider and prices, as LiteLLM's price map has them; is it a price list?");
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
            else if (JsonMembers.Text(member.Value, "litellm_provider") is { Length: > 0 } provider
                && ReadModel(member, provider, line, readOn) is var model && (model.Figures.Count > 0 || HasPrices(member.Value)))
            {
                yield return model;
            }
        }
    }

    // Models that are billed by the image, the page or the second have no such member.
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
            Mode = JsonMembers.Text(member.Value, "mode") is { } mode ? Modes.GetValueOrDefault(mode, mode) : "chat",
            ContextWindow = SizeOf(member.Value, "max_input_tokens"),
            MaxOutputTokens = SizeOf(member.Value, "max_output_tokens"),
            RetiredOn = DateTime.TryParseExact(JsonMembers.Text(member.Value, "deprecation_date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day) ? day : null,
        };

        var figures = new List<ImportedFigure>();
        try
        {
            PricePeriod period = ReadPeriod(member.Value, entry.Mode, figures) with { Source = "litellm", ReadOn = readOn };
            return ImportedModel.Of(entry with { Uplifts = ReadUplifts(member.Value, figures) }, line, period.Lines.Count > 0 ? [period] : [], figures);
        }
        catch (FormatException error)
        {
            return ImportedModel.Malformed(entry, line, error.Message, figures);
        }
    }

    // The map writes 0 for sizes that it doesn't know.
    private static int? SizeOf(JsonElement model, string name) => JsonMembers.SmallNumber(model, name) is { } size and > 0 ? size : null;

    private static PricePeriod ReadPeriod(JsonElement model, string mode, List<ImportedFigure> figures)
    {
        var lines = new RateLineList(figures);
        JsonElement? tiers = JsonMembers.Child(model, "tiered_pricing");
        if (tiers is { ValueKind: not JsonValueKind.Array })
        {
            throw new FormatException($"'tiered_pricing' is {ExcerptOf(tiers.Value)}; expected a list of tiers.");
        }

        foreach ((int index, JsonElement tier) in tiers?.EnumerateArray().Index() ?? [])
        {
            string path = $"tiered_pricing.{index}.";
            if (IsOfOtherUnits(tier))
            {
                RefuseMembers(lines, tier, path);
                continue;
            }

            AddMembers(lines, tier, path, BeginningOf(tier), mode);
        }

        AddMembers(lines, model, "", 0, mode);
        if (JsonMembers.Child(model, SearchCost) is { ValueKind: JsonValueKind.Object } searches)
        {
            AddSearches(lines, searches);
        }

        if (JsonMembers.Child(model, SpecificEntry) is { ValueKind: JsonValueKind.Object } specific && JsonMembers.Child(specific, "fast") is { } fast)
        {
            lines.AddChannel($"{SpecificEntry}.fast", "fast", FactorOf("fast", fast));
        }

        return new PricePeriod { Graduated = tiers is not null, Lines = lines.Lines() };
    }

    private static void AddMembers(RateLineList lines, JsonElement model, string path, long over, string mode)
    {
        foreach (JsonProperty member in model.EnumerateObject().Where(static member => IsPrice(member.Name) && member.Value.ValueKind != JsonValueKind.Null))
        {
            (string key, long threshold, string channel) = Split(member.Name);
            decimal price = PriceOf(member.Name, member.Value);
            if (Units.TryGetValue(key, out RateUnit unit) && (over == 0 || threshold == 0))
            {
                lines.Add(path + member.Name, channel, Math.Max(over, threshold), unit, price * Million);
            }
            else if (member.Name == "input_cost_per_request")
            {
                lines.Add(path + member.Name, channel, over, RateUnit.Request, price * 1000m);
            }
            else if (member.Name == "input_cost_per_second" && mode == "audio")
            {
                lines.Add(path + member.Name, channel, over, RateUnit.AudioHour, price * 3600m);
            }
            else
            {
                lines.Refuse(path + member.Name, price, $"the catalogue has no unit for '{member.Name}'");
            }
        }
    }

    // Searches are listed by the number of results.
    private static bool IsOfOtherUnits(JsonElement tier) => JsonMembers.Child(tier, "max_results_range") is not null && JsonMembers.Child(tier, "range") is null;

    private static void RefuseMembers(RateLineList lines, JsonElement tier, string path)
    {
        foreach (JsonProperty member in tier.EnumerateObject().Where(static member => IsPrice(member.Name) && member.Value.ValueKind != JsonValueKind.Null))
        {
            lines.Refuse(path + member.Name, PriceOf(member.Name, member.Value), "the catalogue has tiers by input tokens, not by results");
        }
    }

    // One price for a search of any size: the middle one, and the others where they are the same.
    private static void AddSearches(RateLineList lines, JsonElement searches)
    {
        decimal? medium = JsonMembers.Child(searches, MediumSearch) is { } middle ? PriceOf(MediumSearch, middle) * 1000m : null;
        foreach (JsonProperty size in searches.EnumerateObject())
        {
            decimal price = PriceOf(size.Name, size.Value) * 1000m;
            if (price == medium)
            {
                lines.Add($"{SearchCost}.{size.Name}", "standard", 0, RateUnit.WebSearch, price);
            }
            else
            {
                lines.Refuse($"{SearchCost}.{size.Name}", price, "the catalogue has one price for searches, that of the medium context size");
            }
        }
    }

    private static List<Uplift> ReadUplifts(JsonElement model, List<ImportedFigure> figures)
    {
        var uplifts = new List<Uplift>();
        IEnumerable<(string Name, string Region, JsonElement Value)> listed = model.EnumerateObject()
            .Where(static member => member.Name.StartsWith(Uplift, StringComparison.Ordinal))
            .Select(static member => (member.Name, member.Name[Uplift.Length..], member.Value));
        IEnumerable<(string Name, string Region, JsonElement Value)> specific = JsonMembers.Child(model, SpecificEntry) is { ValueKind: JsonValueKind.Object } entry
            ? entry.EnumerateObject().Where(static member => member.Name is "us" or "eu").Select(static member => ($"{SpecificEntry}.{member.Name}", member.Name, member.Value))
            : [];
        foreach ((string name, string region, JsonElement value) in listed.Concat(specific).OrderBy(static uplift => uplift.Region, StringComparer.Ordinal))
        {
            decimal factor = FactorOf(name, value);
            bool isNew = uplifts.All(uplift => uplift.Region != region);
            figures.Add(new ImportedFigure(name, factor, isNew ? null : $"another member states the uplift of '{region}'"));
            if (isNew)
            {
                uplifts.Add(new Uplift(region, factor));
            }
        }

        return uplifts;
    }

    // "input_cost_per_token_above_272k_tokens_priority": a unit, a number of input tokens, a channel.
    private static (string Key, long Over, string Channel) Split(string name)
    {
        string channel = "standard";
        foreach (KeyValuePair<string, string> suffix in Suffixes)
        {
            if (name.EndsWith(suffix.Key, StringComparison.Ordinal))
            {
                name = name[..^suffix.Key.Length];
                channel = suffix.Value;
            }
        }

        const string Above = "_above_";
        const string Tokens = "k_tokens";
        int above = name.LastIndexOf(Above, StringComparison.Ordinal);
        return above > 0 && name.EndsWith(Tokens, StringComparison.Ordinal) && int.TryParse(name.AsSpan(above + Above.Length, name.Length - above - Above.Length - Tokens.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int thousands) && thousands > 0
            ? (name[..above], thousands * 1000L, channel)
            : (name, 0, channel);
    }

    private static bool IsPrice(string name) => name.Contains("cost", StringComparison.Ordinal) && name != SearchCost;

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

    // The map has some prices as text.
    private static decimal PriceOf(string name, JsonElement value) =>
        decimal.TryParse(TextOf(value), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal price) && price is >= 0m and < Million
            ? price
            : throw new FormatException($"'{name}' is {ExcerptOf(value)}; expected US dollars per token, 0 or more.");

    private static decimal FactorOf(string name, JsonElement value) =>
        decimal.TryParse(TextOf(value), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal factor) && factor is > 0m and <= 10m
            ? factor
            : throw new FormatException($"'{name}' is {ExcerptOf(value)}; expected a factor such as 1.1.");

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static string ExcerptOf(JsonElement value) => Excerpt.From(value.GetRawText());

    private static bool IsProvider(string prefix, string provider) => prefix == provider || ImportedProviders.Canonical(prefix) == ImportedProviders.Canonical(provider);
}
