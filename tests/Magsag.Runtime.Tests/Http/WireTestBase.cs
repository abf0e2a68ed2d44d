using System.Text;

namespace Magsag.Runtime.Tests;

/// <summary>A ledger of the test's own, and clients that record in it.</summary>
public abstract class WireTestBase : IAsyncLifetime
{
    protected const string OpenAI = "https://api.openai.com/v1/chat/completions";
    protected const string Responses = "https://api.openai.com/v1/responses";
    protected const string Anthropic = "https://api.anthropic.com/v1/messages";
    protected const string Question = """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"What does the fox do?"}]}""";

    private readonly RunsDirectory _runs = new();
    private CostLedger _ledger = null!;

    public Task InitializeAsync()
    {
        _ledger = new CostLedger(_runs.Path);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _ledger.DisposeAsync();
        _runs.Dispose();
    }

    private protected void Configure(CostTrackingOptions options) => options.Ledger = _ledger;

    private protected HttpClient Client(ScriptedTransport transport, bool asksForUsage = false) => new(new CostTrackingHandler(options =>
    {
        Configure(options);
        options.RequestStreamUsage = asksForUsage;
    }) { InnerHandler = transport });

    private protected static StringContent Body(string json) => new(json, Encoding.UTF8, "application/json");

    private protected async Task<List<LedgerRecord>> RecordsAsync()
    {
        await _ledger.FlushAsync();
        return _runs.Records();
    }

    private protected async Task<LedgerRecord> AskAsync(string address, string request, Func<HttpResponseMessage> answer)
    {
        using HttpClient client = Client(new ScriptedTransport(_ => answer()));
        using HttpResponseMessage response = await client.PostAsync(address, Body(request));
        return Assert.Single(await RecordsAsync());
    }
}
