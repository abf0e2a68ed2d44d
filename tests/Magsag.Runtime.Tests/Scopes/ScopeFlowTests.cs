using System.Threading.Channels;

namespace Magsag.Runtime.Tests;

public sealed class ScopeFlowTests
{
    [Fact]
    public async Task A_scope_flows_through_await_and_Task_Run()
    {
        using CostScope scope = CostScope.Begin(customer: "acme");

        await Task.Yield();

        Assert.Equal("acme", await Task.Run(() => CostScope.Current?.Customer));
    }

    [Fact]
    public void A_scope_flows_into_each_turn_of_a_parallel_loop_and_turns_do_not_meet()
    {
        using CostScope scope = CostScope.Begin(customer: "acme");

        Parallel.For(0, 1000, number =>
        {
            using CostScope inner = CostScope.Begin(agent: $"a{number}");
            Thread.Yield();
            Assert.Equal(("acme", $"a{number}"), (CostScope.Current!.Customer, CostScope.Current.Agent));
        });

        Assert.Null(CostScope.Current!.Agent);
    }

    [Fact]
    public async Task A_scope_flows_through_Parallel_ForEachAsync()
    {
        using CostScope scope = CostScope.Begin(customer: "acme");

        await Parallel.ForEachAsync(Enumerable.Range(0, 100), async (_, _) =>
        {
            await Task.Yield();
            Assert.Equal("acme", CostScope.Current?.Customer);
        });
    }

    [Fact]
    public async Task A_channels_reader_goes_on_in_the_scope_of_each_item()
    {
        var channel = Channel.CreateUnbounded<CostScope?>();
        List<string?> read = [];
        Task reader = Task.Run(async () =>
        {
            await foreach (CostScope? captured in channel.Reader.ReadAllAsync())
            {
                using CostScope resumed = CostScope.Resume(captured);
                await Task.Yield();
                read.Add(CostScope.Current?.Customer);
            }

            Assert.Null(CostScope.Current);
        });

        foreach (string customer in new[] { "acme", "other" })
        {
            using CostScope scope = CostScope.Begin(customer: customer);
            channel.Writer.TryWrite(CostScope.Current);
        }

        channel.Writer.TryWrite(null);
        channel.Writer.Complete();
        await reader;

        Assert.Equal(["acme", "other", null], read);
    }

    [Fact]
    public void What_was_captured_keeps_its_attribution_though_its_scope_has_ended()
    {
        CostScope captured = CostScope.Begin(agent: "triage", customer: "acme", run: "r1", billingTier: "gold", test: "T.A");
        captured.Dispose();

        using CostScope resumed = CostScope.Resume(captured);

        Assert.Equal(("triage", "acme", "r1", "gold", "T.A"), (resumed.Agent, resumed.Customer, resumed.RunId, resumed.BillingTier, resumed.Test));
    }

    [Fact]
    public void Resuming_nothing_is_outside_any_attribution_until_it_ends()
    {
        using CostScope around = CostScope.Begin(customer: "acme");

        using (CostScope.Resume(null))
        {
            Assert.Null(CostScope.Current!.Customer);
        }

        Assert.Equal("acme", CostScope.Current!.Customer);
    }

    [Fact]
    public void A_delegation_to_another_agent_keeps_the_customer_and_remembers_the_run_it_came_from()
    {
        using CostScope triage = CostScope.Begin(agent: "triage", customer: "acme", run: "r1", billingTier: "gold");

        using CostScope research = CostScope.Begin(agent: "research", run: "r2");

        Assert.Equal(("research", "acme", "gold", "r2", "r1"), (research.Agent, research.Customer, research.BillingTier, research.RunId, research.ParentRunId));
    }
}
