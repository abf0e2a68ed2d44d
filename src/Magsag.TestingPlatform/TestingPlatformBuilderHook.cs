using System.ComponentModel;
using Magsag.Runtime;
using Microsoft.Testing.Platform.Builder;
using Microsoft.Testing.Platform.Extensions;

namespace Magsag.TestingPlatform;

/// <summary>Adds the cost gate to a test host; the generated entry point calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TestingPlatformBuilderHook
{
    /// <summary>Adds the cost gate to a test host.</summary>
    /// <param name="builder">The test host that is being built.</param>
    /// <param name="arguments">Its command line.</param>
    public static void AddExtensions(ITestApplicationBuilder builder, string[] arguments)
    {
        // Taken before any test runs: whatever is recorded from now on is of this session.
        DateTimeOffset started = DateTimeOffset.UtcNow;
        bool partial = arguments.Any(IsFilter);
        var gate = new CompositeExtensionFactory<CostGateExtension>(services => new CostGateExtension(services, started, partial));
        EndOfProcess.IsToldOfTheEnd = true;
        builder.TestHost.AddDataConsumer(gate);
        builder.TestHost.AddTestSessionLifetimeHandler(gate);
        builder.CommandLine.AddProvider(static () => new UpdateBaselineOption());
    }

    // Every framework has filters of its own: --filter-method, --filter-uid, --treenode-filter …
    private static bool IsFilter(string argument) =>
        argument.StartsWith("--filter", StringComparison.OrdinalIgnoreCase) || argument.StartsWith("--treenode-filter", StringComparison.OrdinalIgnoreCase);
}
