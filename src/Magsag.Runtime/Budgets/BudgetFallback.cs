namespace Magsag.Runtime;

/// <summary>What can be tried when a limit has no room for a call.</summary>
public sealed class BudgetFallback
{
    private BudgetFallback()
    {
    }

    internal string? Model { get; private init; }

    internal int? SmallestCap { get; private init; }

    internal TimeSpan? LongestWait { get; private init; }

    /// <summary>Makes the call with a cheaper model of the same provider. The policy must permit that model, too.</summary>
    /// <param name="model">The model to ask instead, as the provider names it.</param>
    /// <exception cref="ArgumentNullException">There is no model.</exception>
    public static BudgetFallback CheaperModel(string model) => new() { Model = model ?? throw new ArgumentNullException(nameof(model)) };

    /// <summary>Halves the call's cap until it fits, but not below <paramref name="smallest"/> tokens.</summary>
    /// <param name="smallest">The smallest cap that still makes a useful answer, in tokens: 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The cap is below 1.</exception>
    public static BudgetFallback SmallerCap(int smallest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(smallest, 1);
        return new BudgetFallback { SmallestCap = smallest };
    }

    /// <summary>Waits until the limit's window has room, but not for longer than <paramref name="atMost"/>. A limit per run never resets, so it isn't waited for.</summary>
    /// <param name="atMost">How long the caller can wait: 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public static BudgetFallback WaitForWindow(TimeSpan atMost)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, TimeSpan.Zero);
        return new BudgetFallback { LongestWait = atMost };
    }
}
