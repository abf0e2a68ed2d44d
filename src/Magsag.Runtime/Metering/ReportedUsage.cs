using Magsag.Pricing.Tokens;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime;

/// <summary>Turns the usage that an adapter of Microsoft.Extensions.AI reports of a whole answer into the normalised one.</summary>
internal static class ReportedUsage
{
    /// <summary>The normalised usage; null when there is none, or none of its counts is known.</summary>
    public static Usage? From(UsageDetails? details) => UsageReport.Of(details)?.ToUsage();
}
