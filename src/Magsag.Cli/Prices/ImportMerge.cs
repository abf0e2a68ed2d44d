namespace Magsag.Cli.Prices;

/// <summary>Lays what a list says about a model over what the catalogue has: a changed price never overwrites the one before it, for that would price every past call anew.</summary>
internal static class ImportMerge
{
    /// <summary>The model with the list's prices from its day on, or from the days that the list itself names.</summary>
    public static ModelEntry Merge(ModelEntry existing, ModelEntry imported, DateTimeOffset readOn)
    {
        DateTime day = readOn.UtcDateTime.Date;
        PricePeriod[] kept = [.. existing.Periods.Where(period => !WasAnnounced(period, day))];
        DateTime begins = imported.Periods.Select(static period => period.From).FirstOrDefault(static from => from is not null) is { } first && first < day ? first : day;
        PricePeriod[] current = [.. imported.Periods.Where(period => IsInForceAfter(imported, period, new DateTimeOffset(begins, TimeSpan.Zero)))];
        return existing with
        {
            Periods =
            [
                .. kept.Where(period => period.From is null || period.From < begins),
                .. current.Select(period => Completed(period with { From = period.From is { } from && from > begins ? from : begins }, kept)),
            ],
        };
    }

    /// <summary>The model with what a list knows about it beside changed prices: regions, sizes, and channels that have no price yet.</summary>
    public static ModelEntry Fill(ModelEntry existing, ModelEntry imported) => existing with
    {
        ContextWindow = existing.ContextWindow ?? imported.ContextWindow,
        MaxOutputTokens = existing.MaxOutputTokens ?? imported.MaxOutputTokens,
        Uplifts = [.. existing.Uplifts, .. imported.Uplifts.Where(uplift => existing.Uplifts.All(own => own.Region != uplift.Region))],
        Periods = [.. existing.Periods.Take(existing.Periods.Count - 1), WithFast(existing.Periods[^1], imported.Periods)],
    };

    /// <summary>Whether a price of a list holds on a day or later.</summary>
    public static bool IsInForceAfter(ModelEntry entry, PricePeriod period, DateTimeOffset at) =>
        period.From > at.UtcDateTime || period.From == entry.Periods.Where(other => other.From is null || other.From <= at.UtcDateTime).Max(static other => other.From);

    // A price that was announced for a day that has come since, without this list knowing of it, never came.
    private static bool WasAnnounced(PricePeriod period, DateTime day) => period.From > period.ReadOn && period.From <= day;

    // What the list doesn't state goes on where the price of plain tokens does; fees go on in any case.
    private static PricePeriod Completed(PricePeriod period, IReadOnlyList<PricePeriod> before)
    {
        if (before.LastOrDefault(other => (other.From is null || other.From <= period.From) && other.Window is null) is not { } below)
        {
            return period;
        }

        bool isSame = period.Lines[0].Rates.Input == below.Lines[0].Rates.Input && period.Lines[0].Rates.Output == below.Lines[0].Rates.Output;
        RateLine[] lines =
        [
            .. period.Lines.Select(line => below.Lines.FirstOrDefault(other => other.Channel == line.Channel && other.Over == line.Over) is { } same
                ? line with { Rates = line.Rates.Select((unit, price) => price ?? (isSame || !RateUnits.IsPerToken(unit) ? same.Rates[unit] : null)) }
                : line),
            .. below.Lines.Where(line => isSame && !period.Lines.Any(other => other.Channel == line.Channel)),
        ];
        return period with { Lines = [.. lines.Where(line => lines.Any(other => other.Channel == Channels.All[Channels.Standard] && other.Over == line.Over))] };
    }

    private static PricePeriod WithFast(PricePeriod period, IReadOnlyList<PricePeriod> imported)
    {
        const string Fast = "fast";
        RateLine[] fast = imported.Count == 0 || period.Lines.Any(static line => line.Channel == Fast) || imported[^1].Lines[0].Rates.Input != period.Lines[0].Rates.Input
            ? []
            : [.. imported[^1].Lines.Where(line => line.Channel == Fast && period.Lines.Any(other => other.Channel == Channels.All[Channels.Standard] && other.Over == line.Over))];
        return period with { Lines = [.. period.Lines, .. fast] };
    }
}
