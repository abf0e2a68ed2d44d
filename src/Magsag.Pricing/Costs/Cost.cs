using System.Globalization;
using Magsag.Pricing.Text;

namespace Magsag.Pricing.Costs;

/// <summary>
/// A cost in US dollars that knows whether it is money, an estimate, or partly unknown; sums and comparisons keep that knowledge.
/// </summary>
/// <remarks>The default value is exactly nothing.</remarks>
public readonly struct Cost : IEquatable<Cost>
{
    private readonly MissingPrice[]? _missing;
    private readonly bool _isEstimated;

    private Cost(decimal lowerBound, bool isEstimated, MissingPrice[]? missing)
    {
        LowerBound = lowerBound;
        _isEstimated = isEstimated;
        _missing = missing;
    }

    /// <summary>What it costs at least: everything that has a price.</summary>
    public decimal LowerBound { get; }

    /// <summary>The amount, or null when a part of it is unknown.</summary>
    public decimal? Amount => _missing is null ? LowerBound : null;

    /// <summary>How well it is known. What is unpriced stays unpriced, even beside estimates.</summary>
    public CostKind Kind => _missing is not null ? CostKind.Unpriced : _isEstimated ? CostKind.Estimated : CostKind.Money;

    /// <summary>What the lower bound leaves out, by model and reason.</summary>
    public IReadOnlyList<MissingPrice> Missing => _missing ?? [];

    /// <summary>Exact money.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is negative.</exception>
    public static Cost Money(decimal amount) => new(NotNegative(amount), isEstimated: false, null);

    /// <summary>Exact money whose amount is known not to be negative.</summary>
    internal static Cost NonNegativeMoney(decimal amount) => new(amount, isEstimated: false, null);

    /// <summary>A figure of which a part was counted or assumed.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is negative.</exception>
    public static Cost Estimated(decimal amount) => new(NotNegative(amount), isEstimated: true, null);

    /// <summary>A cost of which a part is unknown.</summary>
    /// <param name="missing">What is unknown.</param>
    /// <param name="known">What is known of it all the same.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="known"/> is negative.</exception>
    public static Cost Unpriced(MissingPrice missing, decimal known = 0m) =>
        new(NotNegative(known), isEstimated: false, [missing ?? throw new ArgumentNullException(nameof(missing))]);

    /// <summary>Adds two costs up; what either lacks, the sum lacks.</summary>
    public static Cost operator +(Cost left, Cost right) =>
        new(left.LowerBound + right.LowerBound, left._isEstimated || right._isEstimated, Merge(left._missing, right._missing));

    /// <summary>Whether both are the same amount and lack the same.</summary>
    public static bool operator ==(Cost left, Cost right) => left.Equals(right);

    /// <summary>Whether they differ in amount or in what they lack.</summary>
    public static bool operator !=(Cost left, Cost right) => !left.Equals(right);

    /// <summary>Compares two costs; an unpriced one can be any amount from its lower bound on.</summary>
    /// <param name="other">The cost to compare with.</param>
    internal CostOrder CompareWith(Cost other)
    {
        if (_missing is not null || other._missing is not null)
        {
            return other._missing is null && LowerBound > other.LowerBound ? CostOrder.Greater
                : _missing is null && LowerBound < other.LowerBound ? CostOrder.Less
                : CostOrder.Unknown;
        }

        return LowerBound < other.LowerBound ? CostOrder.Less : LowerBound > other.LowerBound ? CostOrder.Greater : CostOrder.Equal;
    }

    /// <inheritdoc/>
    public bool Equals(Cost other) => LowerBound == other.LowerBound && _isEstimated == other._isEstimated && Missing.SequenceEqual(other.Missing);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Cost other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => LowerBound.GetHashCode() ^ (_missing?.Length ?? 0);

    /// <summary>The cost in plain English: <c>$0.42</c>, <c>about $0.42</c>, <c>at least $0.42 (unpriced: gpt-99, 3 calls, 1200 tokens)</c>.</summary>
    public override string ToString()
    {
        string money = "$" + CatalogSyntax.Print(LowerBound);
        if (_missing is null)
        {
            return _isEstimated ? "about " + money : money;
        }

        return $"at least {money} ({MissingText})";
    }

    /// <summary>What the lower bound leaves out: <c>unpriced: gpt-99, 3 calls, 1200 tokens; usage unknown: gpt-4o, 1 call; known in part: gpt-5, 1 call</c>.</summary>
    internal string MissingText => string.Join("; ", Missing.GroupBy(missing => LackOf(missing.Reason)).OrderBy(group => group.Key).Select(TextOf));

    private static MissingReason LackOf(MissingReason reason) => reason is MissingReason.NoUsage or MissingReason.LowerBound ? reason : MissingReason.UnknownModel;

    private static string TextOf(IGrouping<MissingReason, MissingPrice> group)
    {
        const int Most = 5;
        int others = group.Count() - Most;
        IEnumerable<MissingPrice> named = others > 0 ? group.OrderByDescending(missing => missing.Calls).Take(Most) : group;
        IEnumerable<string> models = named.Select(missing =>
        {
            string calls = string.Format(CultureInfo.InvariantCulture, "{0}, {1} {2}", missing.Model, missing.Calls, missing.Calls == 1 ? "call" : "calls");
            return group.Key != MissingReason.UnknownModel ? calls : string.Format(CultureInfo.InvariantCulture, "{0}, {1} tokens", calls, missing.Tokens);
        });
        string more = others > 0 ? string.Format(CultureInfo.InvariantCulture, " and {0} more {1}", others, others == 1 ? "model" : "models") : "";
        string lack = group.Key switch { MissingReason.NoUsage => "usage unknown: ", MissingReason.LowerBound => "known in part: ", _ => "unpriced: " };
        return lack + string.Join(" and ", models) + more;
    }

    private static MissingPrice[]? Merge(MissingPrice[]? left, MissingPrice[]? right)
    {
        if (left is null || right is null)
        {
            return left ?? right;
        }

        return
        [
            .. left.Concat(right)
                .GroupBy(missing => (missing.Model, missing.Reason))
                .Select(group => group.First() with { Calls = group.Sum(missing => missing.Calls), Tokens = group.Sum(missing => missing.Tokens) })
                .OrderBy(missing => missing.Model, StringComparer.Ordinal)
                .ThenBy(missing => missing.Reason),
        ];
    }

    private static decimal NotNegative(decimal amount) =>
        amount >= 0m ? amount : throw new ArgumentOutOfRangeException(nameof(amount), amount, "A cost is 0 or more.");
}
