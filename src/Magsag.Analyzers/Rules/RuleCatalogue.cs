namespace Magsag.Analyzers;

/// <summary>All rules: adding one means adding its file and its line here.</summary>
internal static class RuleCatalogue
{
    public static ICallRule[] OfCalls { get; } =
    [
        new UncappedCallRule(),
        new UncachedLoopRule(),
        new PerItemCallRule(),
        new GrowingHistoryRule(),
        new IndentedJsonRule(),
        new PromptBudgetRule(),
        new UnrecordedCallRule(),
    ];

    public static IModelRule[] OfModels { get; } = [new ForbiddenModelRule(), new RetiredModelRule(), new PremiumModelRule(), new RetiringModelRule()];

    public static IInvocationRule[] OfInvocations { get; } = [new UnboundedToolLoopRule()];

    public static ITextRule[] OfTexts { get; } = [new VolatilePromptRule()];

    public static IEnumerable<IRule> All => OfCalls.Cast<IRule>().Concat(OfModels).Concat(OfInvocations).Concat(OfTexts).Where(static rule => rule is not RetiringModelRule).OrderBy(static rule => rule.Descriptor.Id, StringComparer.Ordinal);
}
