using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Sdks.Tests;

/// <summary>Whatever an SDK does inside one call, no request that is billed goes by its budget.</summary>
public sealed class AttemptBudgetTests : BudgetedClientTest
{
    private const int MostCalls = 5;

    private static readonly ChatOptions Capped = new() { MaxOutputTokens = 100 };

    private static readonly Mishap[] Billed = [Mishap.Silence, Mishap.Reset, Mishap.ServerError, Mishap.Cut, Mishap.Unreadable];

    public static TheoryData<string, Mishap, bool> BilledMishaps() => Combine(Billed);

    public static TheoryData<string, Mishap, bool> Resets() => Combine([Mishap.Reset]);

    public static TheoryData<string, Mishap, bool> Refusals() => Combine([Mishap.TooMany, Mishap.Invalid]);

    public static TheoryData<string> Sdks() => [.. GuardedSdks.All.Keys];

    [Theory]
    [MemberData(nameof(BilledMishaps))]
    public async Task No_more_requests_are_billed_than_the_limit_allows(string sdk, Mishap mishap, bool stream)
    {
        await using BillingProvider provider = await BillingProvider.StartAsync(_ => mishap);
        IChatClient client = Client(sdk, provider.Address, MostCalls, isPatient: mishap != Mishap.Silence);

        for (int call = 0; call <= MostCalls; call++)
        {
            await FailAsync(client, stream);
        }

        await Assert.ThrowsAsync<BudgetExceededException>(() => AskAsync(client, stream));

        // On a busy machine some give up before the provider has heard of them.
        Assert.InRange(provider.Billed, mishap == Mishap.Silence ? 1 : MostCalls, MostCalls);
        Assert.Equal((MostCalls, 0), await AccountAsync());
    }

    [Theory]
    [MemberData(nameof(Resets))]
    public async Task The_app_is_told_that_a_retry_found_no_room(string sdk, Mishap mishap, bool stream)
    {
        await using BillingProvider provider = await BillingProvider.StartAsync(_ => mishap);
        IChatClient client = Client(sdk, provider.Address, 1);

        Exception failed = await FailAsync(client, stream);

        Assert.Equal(1, provider.Billed);
        Assert.True(provider.Requests == 1 && (failed is BudgetExceededException { Limit: 1 } || await IsFinalAsync(sdk, mishap, stream)), failed.ToString());
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_the_provider_refuses_takes_nothing_however_often_it_is_retried(string sdk, Mishap mishap, bool stream)
    {
        await using BillingProvider provider = await BillingProvider.StartAsync(_ => mishap);
        await FailAsync(Client(sdk, provider.Address, 1), stream);

        Assert.Equal((0, 0), await AccountAsync());
    }

    [Theory]
    [MemberData(nameof(Sdks))]
    public async Task What_is_never_sent_takes_nothing(string sdk)
    {
        await FailAsync(Client(sdk, BillingProvider.Nowhere(), 1), stream: false);

        Assert.Equal((0, 0), await AccountAsync());
    }

    [Theory]
    [MemberData(nameof(Sdks))]
    public async Task An_answer_after_a_billed_failure_counts_beside_it(string sdk)
    {
        await using BillingProvider provider = await BillingProvider.StartAsync(static request => request == 1 ? Mishap.ServerError : Mishap.None);
        IChatClient client = Client(sdk, provider.Address, MostCalls);

        while (await Record.ExceptionAsync(() => AskAsync(client, stream: false)) is not null)
        {
        }

        Assert.Equal((2, 0), await AccountAsync());
        Assert.Equal(2, provider.Billed);
    }

    // Some SDKs don't retry some failures: then nothing is refused.
    private async Task<bool> IsFinalAsync(string sdk, Mishap mishap, bool stream)
    {
        await using BillingProvider provider = await BillingProvider.StartAsync(_ => mishap);
        await FailAsync(Plain(sdk, provider.Address), stream);
        return provider.Requests == 1;
    }

    private IChatClient Plain(string sdk, Uri address, bool isPatient = true) =>
        GuardedSdks.All[sdk].Create(new SdkSetup(address) { Patience = isPatient ? TimeSpan.FromMinutes(1) : TimeSpan.FromMilliseconds(200), Record = RecordInLedger });

    private IChatClient Client(string sdk, Uri address, int calls, bool isPatient = true) => Plain(sdk, address, isPatient).AsBuilder().UseBudget(Guard(calls)).Build();

    private static async Task<Exception> FailAsync(IChatClient client, bool stream) =>
        await Record.ExceptionAsync(() => AskAsync(client, stream)) ?? new InvalidOperationException("It was answered.");

    private static async Task AskAsync(IChatClient client, bool stream)
    {
        if (!stream)
        {
            await client.GetResponseAsync("What does the fox do?", Capped);
            return;
        }

        await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync("What does the fox do?", Capped))
        {
        }
    }

    private static TheoryData<string, Mishap, bool> Combine(Mishap[] mishaps)
    {
        var data = new TheoryData<string, Mishap, bool>();
        foreach (string sdk in GuardedSdks.All.Keys)
        {
            // The same client with other layers below it fails in the same ways: two of them show whether the layers meet.
            bool isVariant = sdk.Contains(',', StringComparison.Ordinal);
            foreach (Mishap mishap in mishaps.Where(mishap => !isVariant || mishap is not (Mishap.Silence or Mishap.ServerError or Mishap.Unreadable)))
            {
                data.Add(sdk, mishap, false);
                data.Add(sdk, mishap, true);
            }
        }

        return data;
    }
}
