using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace Magsag.Runtime.Sdks.Tests;

public sealed class FunctionNameTests : RecordedClientTest
{
    [Fact]
    public async Task The_filter_in_the_guide_names_the_kernels_function_on_the_record()
    {
        await using LoopbackProvider provider = await LoopbackProvider.StartAsync(Scenario.Answer);
        using var http = new HttpClient(new CostTrackingHandler(RecordInLedger));
        IKernelBuilder builder = Kernel.CreateBuilder().AddOpenAIChatCompletion("gpt-4o-mini", new Uri(provider.Address, "v1"), "key", httpClient: http);
        builder.Services.AddSingleton<IFunctionInvocationFilter, FunctionScopes>();
        Kernel kernel = builder.Build();

        await kernel.InvokeAsync(kernel.CreateFunctionFromPrompt("What does the fox do?", functionName: "describe_fox"));

        LedgerRecord record = Assert.Single(await RecordsAsync());
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
