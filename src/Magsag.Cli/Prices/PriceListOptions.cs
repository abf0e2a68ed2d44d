namespace Magsag.Cli.Prices;

/// <summary>The options that say what kind of price list a file is, and of which day.</summary>
internal sealed class PriceListOptions
{
    private readonly Option<string?> _format = new("--from") { Description = "Whose list it is; seen from the file when left out.", HelpName = "source" };
    private readonly Option<string?> _day = new("--day") { Description = "The day of the list: its prices are in force from then on. Today when left out.", HelpName = "date" };

    public PriceListOptions() => _format.AcceptOnlyFromAmong([.. PriceListFormat.Names]);

    public void AddTo(Command command)
    {
        command.Add(_format);
        command.Add(_day);
    }

    public string? GetFormat(ParseResult parsed) => parsed.GetValue(_format);

    public DateTimeOffset GetDay(ParseResult parsed, TimeZoneInfo zone, Terminal terminal)
    {
        DateTimeOffset now = terminal.Clock.GetUtcNow();
        return TimeText.StartOfDay(parsed.GetValue(_day) is { } text ? TimeText.Parse("--day", text, zone, now) : now, TimeZoneInfo.Utc);
    }
}
