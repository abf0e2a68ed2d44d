namespace Magsag.Cli.Tests;

/// <summary>Calls as a support desk makes them.</summary>
internal static class Calls
{
    public static LedgerRecord Triage(string run = "run-1", decimal? cost = 0.0125m, string customer = "acme", int hour = 8, int day = 23) => new()
    {
        Id = Guid.Parse($"01a20a34-0000-7000-8000-{Math.Abs(HashCode.Combine(run, cost, customer, hour, day)):x12}"),
        Timestamp = new DateTimeOffset(2026, 11, day, hour, 0, 0, TimeSpan.Zero),
        RunId = run,
        Agent = "triage",
        Customer = customer,
        Provider = "openai",
        Model = "gpt-4o-2024-08-06",
        RequestedModel = "gpt-4o",
        InputTokens = 4000,
        CachedInputTokens = 0,
        OutputTokens = 250,
        UsageSource = UsageSource.Reported,
        CostUsd = cost,
        Test = "Desk.Tests.TriageTests.A_bill_goes_to_billing",
        Site = "src/Triage.cs:42",
        Member = "Desk.Triage.ClassifyAsync",
    };

    public static LedgerRecord Answer(string run = "run-1", decimal? cost = 0.00075m, string customer = "globex", int hour = 9, int day = 23) => Triage(run, cost, customer, hour, day) with
    {
        Agent = "answering",
        Model = "gpt-4o-mini-2024-07-18",
        RequestedModel = "gpt-4o-mini",
        Site = "src/Answering.cs:29",
        Member = "Desk.Answering.AnswerAsync",
    };
}
