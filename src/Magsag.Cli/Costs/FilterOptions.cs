namespace Magsag.Cli.Costs;

/// <summary>The options that say which calls are meant.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string?> _run = new("--run-id") { Description = "Only calls of this run.", HelpName = "id" };
    private readonly Option<string?> _agent = new("--agent") { Description = "Only calls of this agent.", HelpName = "name" };
    private readonly Option<string?> _customer = new("--customer") { Description = "Only calls made for this customer.", HelpName = "name" };
    private readonly Option<string?> _model = new("--model") { Description = "Only calls to this model, as billed or as requested.", HelpName = "id" };
    private readonly Option<string?> _since = new("--since") { Description = "Only calls from this time on: 2026-11-23, 2026-11-23T18:00, 24h, 7d, 4w, today, yesterday.", HelpName = "time" };
    private readonly Option<string?> _until = new("--until") { Description = "Only calls before this time.", HelpName = "time" };

    public static FilterOptions AddTo(Command command)
    {
        var options = new FilterOptions();
        foreach (Option option in (Option[])[options._run, options._agent, options._customer, options._model, options._since, options._until])
        {
            command.Add(option);
        }

        return options;
    }

    /// <summary>What the command line asks for.</summary>
    /// <exception cref="CommandFailure">A time can't be read, or the period is empty.</exception>
    public CallFilter Parse(ParseResult parsed, TimeZoneInfo zone, DateTimeOffset now)
    {
        DateTimeOffset? TimeOf(Option<string?> option) => parsed.GetValue(option) is { } text ? TimeText.Parse(option.Name, text, zone, now) : null;
        var filter = new CallFilter(parsed.GetValue(_run), parsed.GetValue(_agent), parsed.GetValue(_customer), parsed.GetValue(_model), TimeOf(_since), TimeOf(_until));
        return filter is { Since: { } since, Until: { } until } && since >= until
            ? throw CommandFailure.Usage($"--since {parsed.GetValue(_since)} isn't before --until {parsed.GetValue(_until)}: no call lies between them.")
            : filter;
    }
}
