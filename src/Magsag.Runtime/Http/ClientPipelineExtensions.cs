using System.ClientModel.Primitives;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime;

/// <summary>Adds cost tracking and budgets to clients built on System.ClientModel (OpenAI, Azure OpenAI).</summary>
public static class ClientPipelineExtensions
{
    /// <summary>Keeps the calls of the client (OpenAI, Azure OpenAI) within the limits that a guard keeps, without an <c>IChatClient</c>; below one with <c>UseBudget</c> and the same guard it reserves nothing more.</summary>
    /// <typeparam name="TOptions">The client's options.</typeparam>
    /// <param name="options">The client's options.</param>
    /// <param name="guard">The guard; clients and pipelines with the same guard share its budgets. Of its fallbacks only waiting applies.</param>
    /// <param name="loggers">Receives a warning for each call that took more than was reserved.</param>
    /// <returns>The same options. The client's calls throw <see cref="BudgetExceededException"/> and <see cref="ModelRefusedException"/>.</returns>
    /// <example><code>var client = new OpenAIClient(key, new OpenAIClientOptions().AddBudget(guard).AddCostTracking());</code></example>
    public static TOptions AddBudget<TOptions>(this TOptions options, BudgetGuard guard, ILoggerFactory? loggers = null)
        where TOptions : ClientPipelineOptions
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(guard);
        options.AddPolicy(new BudgetPolicy(guard, GuardedLogger.From(loggers)), PipelinePosition.PerCall);
        options.AddPolicy(new AttemptPolicy(guard), PipelinePosition.PerTry);
        return options;
    }

    /// <summary>Records what every attempt of every call of the client really cost.</summary>
    /// <typeparam name="TOptions">The client's options.</typeparam>
    /// <param name="options">The client's options.</param>
    /// <param name="configure">Changes where and how is recorded; the defaults suit tests and applications.</param>
    /// <returns>The same options.</returns>
    public static TOptions AddCostTracking<TOptions>(this TOptions options, Action<CostTrackingOptions>? configure = null)
        where TOptions : ClientPipelineOptions
    {
        ArgumentNullException.ThrowIfNull(options);
        options.AddPolicy(new CostTrackingPolicy(configure), PipelinePosition.PerTry);
        return options;
    }
}
