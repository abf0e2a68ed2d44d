using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Magsag.Runtime.Tests;

public sealed class UnloadingTests : IDisposable
{
    private readonly RunsDirectory _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void A_load_context_with_an_open_ledger_can_be_unloaded_and_what_was_recorded_is_written()
    {
        WeakReference context = RecordAndUnload();

        for (int attempt = 0; context.IsAlive && attempt < 100; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(context.IsAlive);
        Assert.Equal(3, _runs.Records().Count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference RecordAndUnload()
    {
        var context = new PluginContext();
        Assembly plugin = context.LoadFromAssemblyPath(typeof(UnloadingTests).Assembly.Location);
        plugin.GetType(typeof(RecordingPlugin).FullName!)!.GetMethod(nameof(RecordingPlugin.Run))!.Invoke(null, [_runs.Path]);
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
