using System.CommandLine;

namespace Magsag.Cli;

/// <summary>The time zone of dates.</summary>
internal sealed class ZoneOption : Option<string?>
{
    public ZoneOption()
        : base("--tz")
    {
        Description = "The time zone in which dates are read and shown, such as Europe/Berlin; UTC when left out.";
        HelpName = "zone";
    }

    public TimeZoneInfo ZoneOf(ParseResult parsed)
    {
        if (parsed.GetValue(this) is not { } name)
        {
            return TimeZoneInfo.Utc;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone)
            ? zone
            : throw CommandFailure.Usage($"'{name}' isn't a time zone of this machine; expected a name such as UTC or Europe/Berlin.");
    }
}
