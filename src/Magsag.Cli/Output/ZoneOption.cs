using Magsag.Ledger.Limits;

namespace Magsag.Cli.Output;

/// <summary>The time zone of dates.</summary>
internal sealed class ZoneOption : Option<string?>
{
    public ZoneOption()
        : base("--tz")
    {
        Description = "The time zone in which dates are read and shown, such as Europe/Berlin; UTC when left out.";
        HelpName = "zone";
    }

    public TimeZoneInfo GetZone(ParseResult parsed)
    {
        if (parsed.GetValue(this) is not { } name)
        {
            return TimeZoneInfo.Utc;
        }

        return TimeZones.Find(name)
            ?? throw CommandFailure.Usage($"'{Excerpt.From(name)}' isn't a time zone of this machine; expected a name such as UTC or Europe/Berlin.");
    }
}
