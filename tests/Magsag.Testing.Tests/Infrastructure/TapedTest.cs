using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;

namespace Magsag.Testing.Tests;

/// <summary>A test with a folder of cassettes and a ledger of its own, and clients that use them.</summary>
public abstract class TapedTest : IAsyncDisposable
{
    private readonly RunsDirectory _runs = new();

    private protected TapedTest() => Ledger = new CostLedger(_runs.Path);

    protected CostLedger Ledger { get; }

    protected string Folder => Path.Combine(_runs.Notes, "cassettes");

    protected string[] Cassettes => Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*.json") : [];

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        _runs.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The text of the test's one cassette.</summary>
    protected string Text => File.ReadAllText(Assert.Single(Cassettes));

    /// <summary>A handler whose network is the provider's, in a mode.</summary>
    private protected CassetteHandler Tape(HttpMessageHandler provider, CassetteMode mode, Action<CassetteOptions>? configure = null) => new(options =>
    {
        options.Mode = mode;
        options.Host = new CassetteHost { Directory = Folder };
        options.Tracking = tracking => tracking.Ledger = Ledger;
        configure?.Invoke(options);
    })
    { InnerHandler = provider };

    private protected OpenAIClientOptions OpenAI(HttpMessageHandler provider, CassetteMode mode, Action<CassetteOptions>? configure = null) =>
        new() { Transport = new HttpClientPipelineTransport(new HttpClient(Tape(provider, mode, configure))) };

    /// <summary>Closes a cassette, so that it is read anew as by another process.</summary>
    protected void Reopen()
    {
        foreach (string path in Cassettes)
        {
            TapeStore.Close(path);
        }
    }

    /// <summary>Opens a cassette of the test's own folder.</summary>
    protected Cassette Insert(string name, CassetteMode? mode = null)
    {
        Reopen();
        return Cassette.Insert(name, mode, Folder);
    }

    protected static ApiKeyCredential Key => new("key");

    /// <summary>All that was recorded so far.</summary>
    protected async Task<List<LedgerRecord>> RecordsAsync()
    {
        await Ledger.FlushAsync();
        return _runs.Records();
    }
}
