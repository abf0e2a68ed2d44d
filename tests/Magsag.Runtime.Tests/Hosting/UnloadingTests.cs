using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Magsag.Runtime.Tests;

public sealed class UnloadingTests : IDisposable
{
    private readonly RunsDirectory _runs = new();

    public void Dispose() => _runs.Dispose();

    [Theory]
    [InlineData(nameof(RecordingPlugin.Run))]
    [InlineData(nameof(RecordingPlugin.RunWithinBudget))]
    public async Task A_load_context_with_an_open_ledger_can_be_unloaded_and_what_was_recorded_is_written(string use)
    {
        await PublishHttpEventsAsync();
        WeakReference context = RecordAndUnload(use);

        for (int attempt = 0; context.IsAlive && attempt < 100; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(context.IsAlive);
        Assert.Equal(3, _runs.Records().Count);
    }

    // System.Net.Http has listeners to hold from its first request on.
    private static async Task PublishHttpEventsAsync()
    {
        using var client = new HttpClient();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetAsync(new Uri("http://127.0.0.1:1/")));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference RecordAndUnload(string use)
    {
        var context = new PluginContext();
        Assembly plugin = context.LoadFromAssemblyPath(typeof(UnloadingTests).Assembly.Location);
        plugin.GetType(typeof(RecordingPlugin).FullName!)!.GetMethod(use)!.Invoke(null, [_runs.Path]);
        context.Unload();
        return new WeakReference(context);
    }

    /// <summary>Loads Magsag and what it is used by anew; frameworks stay shared.</summary>
    private sealed class PluginContext() : AssemblyLoadContext("plugin", isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            bool own = assemblyName.Name!.StartsWith("Magsag.", StringComparison.Ordinal) || assemblyName.Name.StartsWith("Microsoft.Extensions.AI", StringComparison.Ordinal);
            string path = Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll");
            return own && File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
