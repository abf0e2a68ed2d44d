namespace Magsag.Runtime.Tests;

public sealed class CostScopeTests
{
    [Fact]
    public void An_inner_scope_takes_over_what_it_does_not_say()
    {
        using CostScope outer = CostScope.Begin(agent: "outer", customer: "acme", tags: new Dictionary<string, string> { ["a"] = "1", ["b"] = "1" });
        using CostScope inner = CostScope.Begin(agent: "inner", tags: new Dictionary<string, string> { ["b"] = "2" });

        Assert.Equal(("inner", "acme", "1", "2"), (CostScope.Current!.Agent, CostScope.Current.Customer, CostScope.Current.Tags!["a"], CostScope.Current.Tags["b"]));
    }

    [Fact]
    public async Task A_scope_flows_into_tasks_and_not_out_of_them()
    {
        using CostScope scope = CostScope.Begin(agent: "outer");

        string? inside = await Task.Run(async () =>
        {
            await Task.Yield();
            CostScope.Begin(agent: "forgotten");
            return CostScope.Current!.Agent;
        });

        Assert.Equal(("forgotten", "outer"), (inside, CostScope.Current!.Agent));
    }

    [Fact]
    public void Scopes_that_end_in_the_wrong_order_leave_the_right_one()
    {
        CostScope outer = CostScope.Begin(agent: "outer");
        CostScope inner = CostScope.Begin(agent: "inner");

        outer.Dispose();
        Assert.Equal("inner", CostScope.Current!.Agent);
        inner.Dispose();
        inner.Dispose();

        Assert.Null(CostScope.Current);
    }

    [Fact]
    public void A_run_begun_inside_another_remembers_it()
    {
        using CostScope outer = CostScope.Begin(run: "r1");
        using CostScope inner = CostScope.Begin(run: "r2");
        using CostScope same = CostScope.Begin(agent: "x");

        Assert.Equal(("r2", "r1"), (CostScope.Current!.RunId, CostScope.Current.ParentRunId));
    }
}
