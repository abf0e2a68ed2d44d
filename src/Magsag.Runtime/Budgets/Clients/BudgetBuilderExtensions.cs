// Images, speech and transcription are experimental in Microsoft.Extensions.AI; who uses them has accepted that.
#pragma warning disable MEAI001
using System.Diagnostics.CodeAnalysis;
using Magsag.Ledger.Limits;
using Magsag.Runtime;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.Extensions.AI;

/// <summary>Adds budgets to pipelines of chat clients, embedding generators, image generators and speech clients.</summary>
public static class BudgetBuilderExtensions
{
    /// <summary>Keeps the calls that pass through within the limits of a policy. Add it before <c>UseCostTracking</c>, inside caches (a hit costs nothing) and tool loops (each request is a call).</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="configure">Changes where budgets are kept and what happens when one has no room.</param>
    /// <returns>The pipeline. Its calls throw <see cref="BudgetExceededException"/> and <see cref="ModelRefusedException"/>.</returns>
    public static ChatClientBuilder UseBudget(this ChatClientBuilder builder, CostPolicy policy, Action<BudgetOptions>? configure = null)
    {
        var options = new BudgetOptions();
        configure?.Invoke(options);
        return builder.UseBudget(new BudgetGuard(policy, options));
    }

    /// <summary>Keeps the calls that pass through within the limits that a guard keeps; pipelines with the same guard share them.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="guard">The guard.</param>
    /// <returns>The pipeline. Its calls throw <see cref="BudgetExceededException"/> and <see cref="ModelRefusedException"/>.</returns>
    public static ChatClientBuilder UseBudget(this ChatClientBuilder builder, BudgetGuard guard)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(guard);
        return builder.Use((inner, services) => new BudgetChatClient(inner, guard, LoggerOf(services)));
    }

    /// <summary>Keeps the embedding calls that pass through within the limits of a policy. Add it before <c>UseCostTracking</c> and inside caches.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="configure">Changes where budgets are kept; of the fallbacks only waiting applies.</param>
    /// <returns>The pipeline. Its calls throw <see cref="BudgetExceededException"/> and <see cref="ModelRefusedException"/>.</returns>
    public static EmbeddingGeneratorBuilder<TInput, TEmbedding> UseBudget<TInput, TEmbedding>(this EmbeddingGeneratorBuilder<TInput, TEmbedding> builder, CostPolicy policy, Action<BudgetOptions>? configure = null)
        where TEmbedding : Embedding
    {
        var options = new BudgetOptions();
        configure?.Invoke(options);
        return builder.UseBudget(new BudgetGuard(policy, options));
    }

    /// <summary>Keeps the embedding calls that pass through within the limits that a guard keeps; pipelines with the same guard share them.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="guard">The guard.</param>
    /// <returns>The pipeline. Its calls throw <see cref="BudgetExceededException"/> and <see cref="ModelRefusedException"/>.</returns>
    public static EmbeddingGeneratorBuilder<TInput, TEmbedding> UseBudget<TInput, TEmbedding>(this EmbeddingGeneratorBuilder<TInput, TEmbedding> builder, BudgetGuard guard)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(guard);
        return builder.Use((inner, services) => new BudgetEmbeddingGenerator<TInput, TEmbedding>(inner, guard, LoggerOf(services)));
    }

    /// <summary>Keeps the calls for pictures that pass through within the limits that a guard keeps; pipelines with the same guard share them. Add it before <c>UseCostTracking</c>.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="guard">The guard. Of its fallbacks only waiting applies.</param>
    /// <returns>The pipeline. Its calls throw <see cref="BudgetExceededException"/> and <see cref="ModelRefusedException"/>.</returns>
    [Experimental("MEAI001")]
    public static ImageGeneratorBuilder UseBudget(this ImageGeneratorBuilder builder, BudgetGuard guard)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(guard);
        return builder.Use((inner, services) => new BudgetImageGenerator(inner, guard, LoggerOf(services)));
    }

    /// <summary>Keeps the transcriptions that pass through within the limits that a guard keeps; pipelines with the same guard share them. Add it before <c>UseCostTracking</c>.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="guard">The guard. Of its fallbacks only waiting applies.</param>
    /// <returns>The pipeline. Its calls throw <see cref="BudgetExceededException"/> and <see cref="ModelRefusedException"/>.</returns>
    [Experimental("MEAI001")]
    public static SpeechToTextClientBuilder UseBudget(this SpeechToTextClientBuilder builder, BudgetGuard guard)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(guard);
        return builder.Use((inner, services) => new BudgetSpeechToTextClient(inner, guard, LoggerOf(services)));
    }

    /// <summary>Keeps the speech calls that pass through within the limits that a guard keeps; pipelines with the same guard share them. Add it before <c>UseCostTracking</c>.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="guard">The guard. Of its fallbacks only waiting applies.</param>
    /// <returns>The pipeline. Its calls throw <see cref="BudgetExceededException"/> and <see cref="ModelRefusedException"/>.</returns>
    [Experimental("MEAI001")]
    public static TextToSpeechClientBuilder UseBudget(this TextToSpeechClientBuilder builder, BudgetGuard guard)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(guard);
        return builder.Use((inner, services) => new BudgetTextToSpeechClient(inner, guard, LoggerOf(services)));
    }

    private static ILogger LoggerOf(IServiceProvider services) =>
        GuardedLogger.From(services.GetService(typeof(ILoggerFactory)) as ILoggerFactory);
}
