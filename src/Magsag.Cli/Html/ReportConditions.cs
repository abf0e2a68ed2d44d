using System.Globalization;
using Magsag.Storage;

namespace Magsag.Cli.Html;

/// <summary>Says which calls a report is about, so that a part is never taken for the whole.</summary>
internal static class ReportConditions
{
    public static IReadOnlyList<string> Of(RecordFilter filter) =>
    [
        .. Named("run", filter.RunId),
        .. Named("agent", filter.Agent),
        .. Named("customer", filter.Customer),
        .. Named("model", filter.Model),
        .. At("from", filter.Since),
        .. At("before", filter.Until),
    ];

    private static IEnumerable<string> Named(string what, string? name) => name is null ? [] : [$"{what} {name}"];

    private static IEnumerable<string> At(string what, DateTimeOffset? time) =>
        time is { } at ? [$"time {what} {at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC"] : [];
}
