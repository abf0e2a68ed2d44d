using System.Globalization;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Listings;
using Magsag.Pricing.Text;
using Magsag.Pricing.Tokens;

namespace Magsag.Pricing.Catalogue;

/// <summary>One model of the catalogue with all its prices.</summary>
public sealed class ModelPrice
{
    private readonly RateSchedule[] _schedules;

    internal ModelPrice(ModelEntry entry, ProviderEntry provider)
    {
        Entry = entry;
        Provider = provider.Name;
        bool isFeeOnly = entry.Mode is "embedding" or "rerank" or "moderation";
        Uplifts = [.. entry.Uplifts, .. provider.Uplifts.Where(uplift => entry.Uplifts.All(own => own.Region != uplift.Region))];
        _schedules = [.. entry.Periods.Select(period => new RateSchedule(isFeeOnly ? WithFreeOutput(period) : period, provider.Batch, Uplifts))];
    }

    /// <summary>The provider's name, in the spelling of OpenTelemetry's <c>gen_ai.provider.name</c> (<c>openai</c>, <c>anthropic</c>, <c>gcp.gemini</c> …).</summary>
    public string Provider { get; }

    /// <summary>The canonical model id, as the catalogue lists it.</summary>
    public string Model => Entry.Model;

    /// <summary>What the model does: <c>chat</c>, <c>embedding</c>, <c>audio</c>, <c>image</c> …</summary>
    public string Mode => Entry.Mode;

    /// <summary>The most tokens that input and output can have together, or null when the catalogue doesn't say.</summary>
    public int? ContextWindow => Entry.ContextWindow;

    /// <summary>The most output tokens that the model can produce in one call, or null when the catalogue doesn't say.</summary>
    public int? MaxOutputTokens => Entry.MaxOutputTokens;

    /// <summary>The day from which the provider no longer serves the model (it may lie ahead), or null when none is known. The model stays priceable.</summary>
    public DateTimeOffset? RetiredOn => Entry.RetiredOn is { } day ? new DateTimeOffset(day, TimeSpan.Zero) : null;

    /// <summary>The model that the provider names as replacement, or null.</summary>
    public string? Successor => Entry.Successor;

    /// <summary>Why the catalogue's figures are what they are, where sources disagree.</summary>
    public IReadOnlyList<string> Notes => Entry.Notes;

    internal ModelEntry Entry { get; }

    /// <summary>True when the catalogue doesn't list it by itself: a listed model in a zone.</summary>
    internal bool IsVariant { get; init; }

    /// <summary>What regions cost more, of the model and of its provider.</summary>
    internal IReadOnlyList<Uplift> Uplifts { get; }

    internal decimal? UpliftOf(string region) => Uplifts.FirstOrDefault(uplift => uplift.Region == region)?.Factor;

    /// <summary>The days after a day on which another price of the model begins.</summary>
    internal IEnumerable<DateTimeOffset> ChangesAfter(DateTimeOffset day) => _schedules
        .Select(static schedule => new DateTimeOffset(schedule.FromTicks, TimeSpan.Zero))
        .Where(from => from > day)
        .Distinct();

    /// <summary>Prices a call of this model, by whatever name the call has it.</summary>
    internal Cost Price(in BilledCall call) => AmountOf(call) is { } usd ? Cost.NonNegativeMoney(usd) : Unpriced(call);

    /// <summary>The cost of a call in US dollars, or null when it can't be known: for frequent calls, which don't pay for an explanation that nobody reads.</summary>
    internal decimal? AmountOf(in BilledCall call)
    {
        ref readonly Usage usage = ref call.UsageField;
        ref readonly PriceTerms terms = ref call.TermsField;
        if (usage.Problem is not null || ScheduleFor(terms) is not { } schedule || schedule.BandsFor(terms) is not { } bands)
        {
            return null;
        }

        RateBand band = bands.Length == 1 ? bands[0] : BandOf(bands, usage.InputTokens / call.Calls);
        return !schedule.Period.Graduated && TokenPricing.TryPrice(usage, band, call.Calls, out decimal usd) ? usd : PartsOf(usage, schedule, bands, call.Calls).Total;
    }

    /// <summary>The cost of calls split into input, output and fees, or null when no price is in force or the counts contradict each other.</summary>
    internal CostParts? PartsOf(in Usage usage, in PriceTerms terms, long calls = 1) =>
        usage.Problem is null && ScheduleFor(terms) is { } schedule && schedule.BandsFor(terms) is { } bands ? PartsOf(usage, schedule, bands, calls) : null;

    /// <summary>The prices in force under <paramref name="terms"/> for a call with <paramref name="inputTokens"/> input tokens, or null when there were none yet or the tier has no known price.</summary>
    /// <param name="terms">When and how the call was made.</param>
    /// <param name="inputTokens">All input tokens of the call: they choose the context-length tier.</param>
    internal Rates? RatesFor(in PriceTerms terms, long inputTokens = 0) =>
        ScheduleFor(terms)?.BandsFor(terms) is { } bands ? BandOf(bands, inputTokens).Rates : null;

    /// <summary>The number of input tokens above which the tier begins that a call falls into; 0 for the first tier, and where there are no tiers.</summary>
    /// <param name="inputTokens">All input tokens of the call.</param>
    /// <param name="terms">When and how the call was made.</param>
    internal long ContextTierOf(long inputTokens, in PriceTerms terms) =>
        ScheduleFor(terms)?.BandsFor(terms) is { } bands ? BandOf(bands, inputTokens).Over : 0;

    /// <summary>Names the price in force, for records: <c>openai/gpt-4o@2024-05-13</c>. The date is the first day of the price, or the day on which it was read where no first day is known.</summary>
    /// <param name="at">When the call was made.</param>
    public string? PriceIdAt(DateTimeOffset at) => ScheduleAt(at) is { } schedule ? schedule.PriceId ??= PriceIdOf(schedule.Period) : null;

    /// <summary>Where the figures of the price in force were read, and on which day: <c>litellm 2026-08-01</c>.</summary>
    /// <param name="at">When the call was made.</param>
    public string? SourceAt(DateTimeOffset at) =>
        ScheduleAt(at)?.Period is { } period ? $"{period.Source} {period.ReadOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Provider}/{Model}";

    private string PriceIdOf(PricePeriod period) =>
        $"{Entry.Provider}/{Model}@{(period.From ?? period.ReadOn).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";

    private static CostParts PartsOf(in Usage usage, RateSchedule schedule, RateBand[] bands, long calls) => schedule.Period.Graduated
        ? GraduatedPricing.Price(usage, bands, calls)
        : TokenPricing.Price(usage, BandOf(bands, usage.InputTokens / calls).Rates, calls);

    // Why a call can't be priced: apart from the common way, which is the faster for it.
    private Cost Unpriced(in BilledCall call)
    {
        PriceTerms terms = call.Terms;
        if (call.Usage.Problem is { } problem)
        {
            return call.Unpriced(MissingReason.InvalidUsage, problem);
        }

        if (PartsOf(call.Usage, terms, call.Calls) is { } parts)
        {
            string unlisted = parts.Input is null ? "input" : parts.Output is null ? "output" : "searches or audio";
            return call.Unpriced(MissingReason.UnlistedUnit, $"The catalogue lists no price of {this} for {unlisted}.", parts.Known);
        }

        return ScheduleAt(terms.At) is null
            ? call.Unpriced(MissingReason.NotInForce, $"The catalogue lists no price of {this} for {CatalogSyntax.Print(terms.At.UtcDateTime)}.")
            : call.Unpriced(MissingReason.UnknownTier, $"The catalogue lists no price of {this} for the tier '{(terms.Batch ? "batch" : terms.ServiceTier)}'.");
    }

    private static RateBand BandOf(RateBand[] bands, long inputTokens)
    {
        int band = bands.Length - 1;
        while (band > 0 && inputTokens <= bands[band].Over)
        {
            band--;
        }

        return bands[band];
    }

    private RateSchedule? ScheduleFor(in PriceTerms terms) => terms.IsListed ? ScheduleListedOn(terms.At.UtcTicks) : ScheduleAt(terms.At);

    // The newest price of the whole day; a model that begins later has the price that it begins with, since it was announced.
    private RateSchedule ScheduleListedOn(long utcTicks)
    {
        RateSchedule[] wholeDays = Array.FindAll(_schedules, static schedule => schedule.Period.Window is null);
        RateSchedule[] listed = wholeDays.Length > 0 ? wholeDays : _schedules;
        return Array.FindLast(listed, schedule => schedule.FromTicks <= utcTicks) ?? listed[0];
    }

    // The newest price that has begun; a price for certain hours beats the one for the whole day.
    private RateSchedule? ScheduleAt(DateTimeOffset at)
    {
        if (_schedules.Length == 1 && _schedules[0].Period is { From: null, Window: null })
        {
            return _schedules[0];
        }

        long utc = at.UtcTicks;
        RateSchedule? found = null;
        foreach (RateSchedule schedule in _schedules)
        {
            if (schedule.Holds(utc) && (found is null || found.FromTicks != schedule.FromTicks || schedule.Period.Window is not null))
            {
                found = schedule;
            }
        }

        return found;
    }

    // These models produce no tokens that anyone bills, whatever a usage object says.
    private static PricePeriod WithFreeOutput(PricePeriod period) => period with
    {
        Lines = [.. period.Lines.Select(line => line with { Rates = line.Rates.With(RateUnit.Output, line.Rates.Output ?? 0m) })],
    };
}
