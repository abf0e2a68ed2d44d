using System.Globalization;
using Magsag.Gating.Assemblies;
using Magsag.Gating.Baselines;
using Magsag.Gating.Findings;
using Magsag.Ledger.Figures;
using Magsag.Ledger.Files;
using Magsag.Ledger.Limits;
using Magsag.Ledger.Sessions;
using Magsag.Ledger.Summaries;
using Magsag.Pricing.Catalogue;
using Magsag.Yaml;

namespace Magsag.Gating.Verdicts;

/// <summary>Judges the costs that a test project recorded: finds its sessions, reads baseline and policy, and never answers with silence.</summary>
internal static class ProjectGate
{
    /// <summary>Runs the gate. Files that can't be read become MAG205 findings; nothing is thrown for them.</summary>
    public static Verdict Run(ProjectGateRequest request)
    {
        try
        {
            return RunOrThrow(request with { Settings = request.Settings with { BaselinePath = request.BaselinePath } });
        }
        catch (UnreadableInputException error)
        {
            return Refuse(error);
        }
        catch (OverflowException error)
        {
            return Refuse(new UnreadableInputException(request.RunsDirectory, 0, "The recorded figures or those of the baseline add up to more than can be counted; no calls cost that much. Look for an absurd count or cost, and take it out or record again.", error));
        }
    }

    /// <summary>The verdict when something that the gate needs can't be read (MAG205).</summary>
    public static Verdict Refuse(UnreadableInputException error) => new()
    {
        Headline = $"Magsag: not judged: failed ({GateCode.Unreadable})",
        Findings = [new Finding(GateCode.Unreadable, FindingSeverity.Error, error.Message) { File = error.File, Line = error.Line, Column = error.Column }],
    };

    private static Verdict RunOrThrow(ProjectGateRequest request)
    {
        PriceCatalog catalog = request.PricesPath is { } prices ? OwnPrices.Over(prices, PriceCatalog.Embedded) : PriceCatalog.Embedded;
        RecordedCosts recorded = RecordedCosts.Find(
            request.RunsDirectory,
            new SessionQuery(request.Assembly, request.Framework, request.Modules, request.TestsStarted) { TestRun = request.TestRun, Host = request.Host },
            catalog);
        if (!recorded.Found && (request.TestsStarted is null || recorded.LastOfOtherBinaries is not null))
        {
            return OtherBinaries(request, recorded);
        }

        if (ArrivalCheck.Refuse(recorded.Hosts, afterTests: request.TestsStarted is not null, unfinished: FindingSeverity.Message) is { } refused)
        {
            return refused;
        }

        if (request.TestsStarted is not null)
        {
            ArrivalCheck.MarkOver(recorded.Hosts);
            MarkFiltered(request, recorded);
        }

        request = request with { Settings = OfTestsThatRan(request.Settings, recorded) };
        return CassetteFindings.Add(ArrivalCheck.WithOpenCalls(Judge(request, recorded, catalog), recorded.Hosts), recorded.Cassettes);
    }

    // Names tell it for certain, and attempts of one run together. Of tests that an editor ran only those are known that recorded calls.
    private static GateSettings OfTestsThatRan(GateSettings settings, RecordedCosts recorded) => recorded.Tests switch
    {
        { Ran: { } ran, IsPartial: { } isPartial } => settings with { PartialRun = isPartial, TestsThatRan = ran },
        { IsPartial: true } => settings with { PartialRun = true },
        null when recorded.IsOfUnknownExtent => settings with { PartialRun = true },
        _ => settings,
    };

    // A build that judges this recording again doesn't know the command's filter.
    private static void MarkFiltered(ProjectGateRequest request, RecordedCosts recorded)
    {
        if (!request.Settings.PartialRun || recorded.Tests is not null)
        {
            return;
        }

        foreach (HostCalls host in recorded.Hosts)
        {
            try
            {
                new SessionTests { Session = host.Session.Id, IsFiltered = true }.Write(SessionTests.PathOf(Path.GetDirectoryName(host.CountsPath)!, host.Session.Id));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The next build compares the recording with the whole baseline, then.
            }
        }
    }

    private static Verdict Judge(ProjectGateRequest request, RecordedCosts recorded, PriceCatalog catalog)
    {
        bool nothingRecorded = recorded.Summary.Totals.Calls == 0 && recorded.Summary.CacheHits == 0;

        // Replacing a baseline as a whole is the remedy for one that can't be read, so it isn't read then.
        bool updates = request.UpdateBaseline && !nothingRecorded;
        bool reads = File.Exists(request.BaselinePath) && (!updates || request.Settings.PartialRun);
        CostBaseline? baseline = reads ? BaselineFile.Read(request.BaselinePath) : null;
        if (updates)
        {
            return Update(request, recorded.Summary, baseline, catalog);
        }

        CostPolicy? policy = request.PolicyPath is { } path ? PolicyFile.Read(path) : null;
        Verdict verdict = CostGate.Judge(recorded.Summary, baseline, request.Settings, policy, catalog);
        return nothingRecorded && baseline is null ? WithMissingRecording(verdict, request) : verdict;
    }

    // Code that uses an SDK and records nothing would stay silent for ever; tests that only don't get that far are none of it.
    private static Verdict WithMissingRecording(Verdict verdict, ProjectGateRequest request)
    {
        if (verdict.Failed || request.Settings.MissingRecording is not { } severity || UnrecordedSdk.Find(request.AssemblyPaths) is not { } unrecorded)
        {
            return verdict;
        }

        string text = $"No call was recorded, and nothing in the assemblies under test records one, though {unrecorded.Assembly} uses {unrecorded.Sdk.Name}. Where its client is made, add: {unrecorded.Sdk.Line} (https://github.com/magsag/magsag/blob/main/docs/recording.md#every-way-in). If it calls no model on purpose, set MagsagMissingRecording to none in the project.";
        Verdict missing = verdict with { Findings = [new Finding(GateCode.NothingRecords, severity, text), .. verdict.Findings.Where(static finding => finding.Code != GateCode.NothingRecorded)] };
        return missing with { Headline = $"Magsag: 0 calls, no baseline: nothing was judged: {missing.Words}" };
    }

    private static Verdict OtherBinaries(ProjectGateRequest request, RecordedCosts recorded)
    {
        string last = recorded.LastOfOtherBinaries is { } time
            ? $"the last recording ({time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC) is of other binaries"
            : "nothing was recorded yet";
        return new Verdict
        {
            Headline = $"Magsag: no costs of the binaries just built: not judged (MAG206)",
            Findings = [new Finding(GateCode.OtherBinaries, SeverityOf(request), $"The costs of {request.Assembly} as just built aren't known: {last}. Run the tests to record and judge them: dotnet test")],
        };
    }

    // After tests it isn't a matter of running them: what they recorded can't be judged, and costs that were accepted must not look as if they held.
    private static FindingSeverity SeverityOf(ProjectGateRequest request) =>
        request.TestsStarted is null ? FindingSeverity.Message : File.Exists(request.BaselinePath) ? FindingSeverity.Error : FindingSeverity.Warning;

    private static Verdict Update(ProjectGateRequest request, CostSummary summary, CostBaseline? baseline, PriceCatalog catalog)
    {
        string made = File.Exists(request.BaselinePath) ? "updated" : "made";
        CostBaseline updated = request.Settings.PartialRun && baseline is not null ? baseline.WithTestsOf(summary) : CostBaseline.From(summary);
        try
        {
            BaselineFile.Write(request.BaselinePath, updated);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(request.BaselinePath, 0, $"The baseline can't be written: {error.Message}", error);
        }

        Verdict verdict = CostGate.Judge(summary, CostBaseline.From(summary), request.Settings, catalog: catalog);
        TokenTotals totals = updated.Totals;
        return verdict with
        {
            Headline = $"Magsag: baseline {made}: {MoneyText.Count(totals.Calls)} {(totals.Calls == 1 ? "call" : "calls")}, {MoneyText.Of(totals.CostUsd)}, in {request.BaselinePath}",
        };
    }
}
