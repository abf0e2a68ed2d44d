using Magsag.Storage.Schema;

namespace Magsag.Storage.Search;

/// <summary>One condition of a search.</summary>
/// <param name="Field">The field that is meant; null for any text field or the run.</param>
/// <param name="Operator">How the value is compared; <see cref="SearchOperator.IsKnown"/> needs none.</param>
/// <param name="Value">The value as it was typed.</param>
/// <param name="IsPrefix">True when the last word may go on.</param>
/// <param name="IsNegated">True when the condition must not hold.</param>
internal sealed record SearchTerm(SearchField? Field, SearchOperator Operator, string Value, bool IsPrefix, bool IsNegated)
{
    public IReadOnlyList<string> Words { get; } = WordSplitter.Split(Value);
}
