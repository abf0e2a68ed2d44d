using Magsag.Pricing.Ids;
using Magsag.Storage;

namespace Magsag.Cli;

/// <summary>Says that nothing was recorded of an agent, customer or model, and which ones have a name like it.</summary>
internal static class UnknownName
{
    public static async Task<CommandFailure> InAsync(string subject, string name, CostDimension dimension, ReportContext context) =>
        Among((await context.ByAsync(dimension)).Select(static group => group.Key[0]).OfType<string>(), subject, name, " in this period");

    public static CommandFailure Among(IEnumerable<string> known, string subject, string name, string where = "")
    {
        IReadOnlyList<string> nearest = NearestNames.Of(name, known, 3);
        string remedy = nearest.Count == 0 ? $"`magsag report {subject}` lists those with calls." : $"Did you mean {string.Join(" or ", nearest)}?";
        return CommandFailure.Usage($"No call of {subject} '{name}' was recorded{where}. {remedy}");
    }
}
