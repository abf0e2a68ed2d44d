using Magsag.Gating.Findings;
using Magsag.Gating.Verdicts;
using Magsag.Ledger.Files;
using Magsag.Runtime;
using Microsoft.Testing.Platform.CommandLine;
using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.Extensions.OutputDevice;
using Microsoft.Testing.Platform.Extensions.TestHost;
using Microsoft.Testing.Platform.Extensions;
using Microsoft.Testing.Platform.OutputDevice;
using Microsoft.Testing.Platform.Services;

namespace Magsag.TestingPlatform;

/// <summary>Judges what the tests cost when the session ends.</summary>
/// <remarks>
/// The verdict is a test of its own, because nothing else that an extension says both fails a session and is printed by
/// <c>dotnet test</c>: it passes, fails, or is skipped with the reason when there are warnings or the gate can't judge.
/// </remarks>
internal sealed class CostGateExtension(IServiceProvider services, DateTimeOffset started, bool partial) : IDataConsumer, IDataProducer, ITestSessionLifetimeHandler, IOutputDeviceDataProducer
{
    private readonly HashSet<string> _ran = new(StringComparer.Ordinal);
    private readonly HashSet<string> _skipped = new(StringComparer.Ordinal);
    private int _unnamedTests;
    private int _tests;
    private int _failedTests;

    public string Uid => "Magsag.TestingPlatform.CostGate";

    public string Version => ExtensionInfo.Version;

    public string DisplayName => "Magsag cost gate";

    public string Description => "Fails the session when the tests' model calls cost more than the baseline allows.";

    public Type[] DataTypesConsumed { get; } = [typeof(TestNodeUpdateMessage)];

    public Type[] DataTypesProduced { get; } = [typeof(TestNodeUpdateMessage), typeof(SessionFileArtifact)];

    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    public Task OnTestSessionStartingAsync(ITestSessionContext testSessionContext) => Task.CompletedTask;

    public Task ConsumeAsync(IDataProducer dataProducer, IData value, CancellationToken cancellationToken)
    {
        TestNode node = ((TestNodeUpdateMessage)value).TestNode;
        switch (node.Properties.SingleOrDefault<TestNodeStateProperty>())
        {
            case PassedTestNodeStateProperty:
                _tests++;
                Keep(node, _ran);
                break;
            case SkippedTestNodeStateProperty:
                _tests++;
                Keep(node, _skipped);
                break;
            case null or DiscoveredTestNodeStateProperty or InProgressTestNodeStateProperty:
                break;
            default:
                _tests++;
                _failedTests++;
                Keep(node, _ran);
                break;
        }

        return Task.CompletedTask;
    }

    public async Task OnTestSessionFinishingAsync(ITestSessionContext testSessionContext)
    {
        if (!testSessionContext.CancellationToken.IsCancellationRequested)
        {
            EndOfProcess.IsToldOfTheEnd = false;
            CostRecorder.MarkOver();
            if (TestsThatRan is { } ran)
            {
                CostRecorder.TellTests(ran, _skipped);
            }
        }

        // A session without tests (a list of them, say) is the platform's to judge: a gate that passed would make it green.
        if (_tests == 0 || testSessionContext.CancellationToken.IsCancellationRequested)
        {
            return;
        }

        if (_failedTests > 0)
        {
            await PrintAsync("Magsag: not judged, because tests failed", testSessionContext.CancellationToken).ConfigureAwait(false);
            return;
        }

        if (GatedHost.WhyOff is { } reason)
        {
            await PublishAsync(testSessionContext, new SkippedTestNodeStateProperty($"Magsag: the cost gate is {reason}")).ConfigureAwait(false);
            return;
        }

        if (GatedHost.IsAway)
        {
            await PublishAsync(testSessionContext, new SkippedTestNodeStateProperty($"warning {GateCode.ModeNotGated}: The costs of these tests are recorded in {RecordingHost.Current.RunsDirectory}, but not judged: the project that they were built from isn't here. Judge them where it is: magsag flow gate {RecordingHost.Current.RunsDirectory}")).ConfigureAwait(false);
            return;
        }

        if (GatedHost.Current is not { } host)
        {
            await PublishAsync(testSessionContext, new SkippedTestNodeStateProperty($"warning {GateCode.ModeNotGated}: The costs of these tests aren't judged: the test host's runtimeconfig.json doesn't say which project it is of. Build the tests with the Magsag package, whose targets write that.")).ConfigureAwait(false);
            return;
        }

        await CostRecorder.FlushAsync(testSessionContext.CancellationToken).ConfigureAwait(false);
        Verdict verdict = host.Judge(started, IsPartial(host), TestsThatRan, services.GetCommandLineOptions().IsOptionSet(UpdateBaselineOption.Name));
        await PrintAsync(PlainText.OneLine(verdict.Headline), testSessionContext.CancellationToken).ConfigureAwait(false);
        await PublishAsync(testSessionContext, StateOf(verdict, host)).ConfigureAwait(false);
        await WriteAsync(testSessionContext, verdict, host).ConfigureAwait(false);
    }

    // A run that an editor asks for has no filter on its command line.
    private bool IsPartial(GatedHost host)
    {
        if (partial || TestsThatRan is not { } ran)
        {
            return partial;
        }

        HashSet<string> known = [.. ran.Concat(_skipped).Select(static test => test.Replace('+', '.'))];
        return TestInventory.Read(Path.Combine(host.Recording.BaseDirectory, host.Recording.TestAssembly + ".dll")).Any(test => !known.Contains(test));
    }

    // Known only when each test says its method: of the others nobody could tell whether they ran.
    private IReadOnlyCollection<string>? TestsThatRan => _unnamedTests == 0 ? _ran : null;

    private void Keep(TestNode node, HashSet<string> tests)
    {
        if (node.Properties.SingleOrDefault<TestMethodIdentifierProperty>() is { } method)
        {
            tests.Add(method.Namespace.Length > 0 ? $"{method.Namespace}.{method.TypeName}.{method.MethodName}" : $"{method.TypeName}.{method.MethodName}");
        }
        else
        {
            _unnamedTests++;
        }
    }

    private static TestNodeStateProperty StateOf(Verdict verdict, GatedHost host) => verdict.Status switch
    {
        "passed" => new PassedTestNodeStateProperty(host.Describe(verdict)),
        "warnings" => new SkippedTestNodeStateProperty(host.Describe(verdict)),
        _ => new FailedTestNodeStateProperty(host.Describe(verdict)),
    };

    private Task PublishAsync(ITestSessionContext session, TestNodeStateProperty state) =>
        services.GetMessageBus().PublishAsync(this, new TestNodeUpdateMessage(session.SessionUid, new TestNode { Uid = Uid, DisplayName = DisplayName, Properties = new PropertyBag(state) }));

    private Task PrintAsync(string text, CancellationToken cancellationToken) =>
        services.GetOutputDevice().DisplayAsync(this, new TextOutputDeviceData(text), cancellationToken);

    private async Task WriteAsync(ITestSessionContext session, Verdict verdict, GatedHost host)
    {
        try
        {
            VerdictFile.WriteJson(host.VerdictFile + ".json", verdict);
            VerdictFile.WriteMarkdown(host.VerdictFile + ".md", verdict);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await PrintAsync($"warning {GateCode.Unreadable}: The verdict can't be written to {host.VerdictFile}.json: {error.Message}", session.CancellationToken).ConfigureAwait(false);
            return;
        }

        await services.GetMessageBus().PublishAsync(this, new SessionFileArtifact(session.SessionUid, new FileInfo(host.VerdictFile + ".md"), PlainText.OneLine(verdict.Headline))).ConfigureAwait(false);
    }
}
