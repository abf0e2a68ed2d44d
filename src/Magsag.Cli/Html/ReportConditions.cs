namespace Magsag.Cli.Html;

/// <summary>Says which calls a report is about, so that a part is never taken for the whole.</summary>
internal static class ReportConditions
{
    public static IReadOnlyList<string> Describe(RecordFilter filter, TimeZoneInfo zone) =>
    [
        .. Named("run", filter.RunId),
        .. Named("agent", filter.Agent),
        .. Named("customer", filter.Customer),
        .. Named("model", filter.Model),
        .. At("from", filter.Since, zone),
        .. At("before", filter.Until, zone),
    ];

    private static IEnumerable<string> Named(string what, string? name) => name is null ? [] : [$"{what} {name}"];

    private static IEnumerable<string> At(string what, DateTimeOffset? time, TimeZoneInfo zone) =>
        time is { } at ? [$"time {what} {TimeText.Minute(at, zone)}"] : [];
}
