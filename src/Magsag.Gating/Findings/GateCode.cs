namespace Magsag.Gating.Findings;

/// <summary>The codes of what a gate finds. They are a contract: a code is never reused for something else.</summary>
internal static class GateCode
{
    /// <summary>The total cost rose by more than the threshold.</summary>
    public const string TotalRose = "MAG200";

    /// <summary>The cost of one test, agent or call site rose by more than its threshold.</summary>
    public const string ScopeRose = "MAG201";

    /// <summary>A limit of the policy is exceeded.</summary>
    public const string PolicyExceeded = "MAG202";

    /// <summary>There is no baseline yet.</summary>
    public const string NoBaseline = "MAG203";

    /// <summary>Nothing was recorded though the baseline expects calls.</summary>
    public const string NothingRecorded = "MAG204";

    /// <summary>A summary, baseline, ledger, policy or setting can't be read.</summary>
    public const string Unreadable = "MAG205";

    /// <summary>The recorded costs belong to other binaries than the ones just built.</summary>
    public const string OtherBinaries = "MAG206";

    /// <summary>An alert threshold is passed.</summary>
    public const string AlertPassed = "MAG207";

    /// <summary>Calls were made whose cost is unknown: their model has no price, or their usage wasn't reported.</summary>
    public const string CostUnknown = "MAG208";

    /// <summary>The gate can't run after the tests in this mode.</summary>
    public const string ModeNotGated = "MAG209";

    /// <summary>The policy has neither a limit nor a rule.</summary>
    public const string EmptyPolicy = "MAG210";

    /// <summary>A replayed prompt has changed since it was recorded: tokens and dollars before and after.</summary>
    public const string PromptDrifted = "MAG211";

    /// <summary>A cassette lacks a call that a test made.</summary>
    public const string CassetteMissed = "MAG213";

    /// <summary>Prices are announced by which the recorded calls would cost something else.</summary>
    public const string AnnouncedPrices = "MAG214";

    /// <summary>Most call sites of the baseline aren't among those recorded, so that what they cost can't be compared.</summary>
    public const string SitesNotFound = "MAG217";

    /// <summary>Nothing was recorded, and nothing in the code records a call, though it uses an SDK.</summary>
    public const string NothingRecords = "MAG218";
}
