namespace Magsag.Gating.Tests;

/// <summary>A policy file of the test's own, gone after it.</summary>
public abstract class PolicyFixture : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose()
    {
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    protected CostPolicy Read(string yaml) => ReadBytes(System.Text.Encoding.UTF8.GetBytes(yaml));

    protected CostPolicy ReadBytes(byte[] content)
    {
        File.WriteAllBytes(_directory.File("policy.yaml"), content);
        return PolicyFile.Read(_directory.File("policy.yaml"));
    }

    /// <summary>What stands in the policy for a call: <c>period measure max account</c>, ordered.</summary>
    protected static string[] Applied(CostPolicy policy, CallAttribution call) =>
        [.. policy.LimitsFor(call).Select(applied => FormattableString.Invariant($"{applied.Limit.Period} {applied.Limit.Measure} {applied.Limit.Max} {applied.Account}")).Order(StringComparer.Ordinal)];

    private protected static CostSummary Spend(params LedgerRecord[] records)
    {
        var builder = new SummaryBuilder();
        foreach (LedgerRecord record in records)
        {
            builder.Add(record);
        }

        return builder.ToSummary();
    }

    protected static LedgerRecord Call(decimal? cost, string time = "2026-11-01T12:00:00Z", string run = "r1", string? agent = null, string model = "gpt-4o-mini") => new()
    {
        Timestamp = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture),
        RunId = run,
        Agent = agent,
        Model = model,
        InputTokens = 90,
        OutputTokens = 10,
        UsageSource = UsageSource.Reported,
        CostUsd = cost,
    };

    protected string[] Judge(string yaml, params LedgerRecord[] records) => [.. Read(yaml).Judge(Spend(records)).Select(finding => $"{finding.Code}:{finding.Line}")];
}
