using Magsag.Runtime.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace Magsag.Runtime.Sdks.Tests;

public sealed class FunctionNameTests : IAsyncLifetime
{
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

    [Fact]
    public async Task The_filter_in_the_guide_names_the_kernels_function_on_the_record()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync(Scenario.Answer);
        using var http = new HttpClient(new CostTrackingHandler(options => options.Ledger = _ledger));
        IKernelBuilder builder = Kernel.CreateBuilder().AddOpenAIChatCompletion("gpt-4o-mini", new Uri(provider.Address, "v1"), "key", httpClient: http);
        builder.Services.AddSingleton<IFunctionInvocationFilter, FunctionScopes>();
        Kernel kernel = builder.Build();

        await kernel.InvokeAsync(kernel.CreateFunctionFromPrompt("What does the fox do?", functionName: "describe_fox"));

        await _ledger.FlushAsync();
        LedgerRecord record = Assert.Single(_runs.Records());
        Assert.Equal("describe_fox", record.Tags!["function"]);
    }

    private sealed class FunctionScopes : IFunctionInvocationFilter
    {
        public async Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
        {
            using CostScope scope = CostScope.Begin(tags: new Dictionary<string, string> { ["function"] = context.Function.Name });
            await next(context);
        }
    }
}
