using Magsag.Ledger.Sites;

namespace Magsag.Runtime.Tests;

/// <summary>A team's own wrapper of calls is passed over: whoever calls it is the call site.</summary>
public sealed class CostHelperTests
{
    private static string With(string mark, string ask) => $$"""
        using System; using System.Threading.Tasks;
        namespace Desk;
        public sealed class CostHelperAttribute : Attribute;
        public static class Retry
        {
            {{mark}} public static async Task AskAsync(Action probe) { {{ask}} }
        }
        public static class Start { public static async Task RunAsync(Action probe) { await Retry.AskAsync(probe); } }
        """;

    [Theory]
    [InlineData("probe();")]
    [InlineData("await Task.CompletedTask; Action again = () => { probe(); GC.KeepAlive(probe); }; again();")]
    public async Task By_an_attribute_of_that_name_in_any_namespace(string ask) =>
        Assert.Equal("Desk.Start.RunAsync", Assert.Single(await CompiledSource.RunAsync("/r/a.cs", With("[CostHelper]", ask), isOptimised: true))!.Member);

    [Theory]
    [InlineData("Desk.Retry.AskAsync")]
    [InlineData("Desk.Other.AskAsync, Desk.Retry.*")]
    public async Task By_name_in_the_settings(string methods)
    {
        string metadata = $"[assembly: System.Reflection.AssemblyMetadata(\"{SourceMap.CostMethodsKey}\", \"{methods}\")]";

        Assert.Equal("Desk.Start.RunAsync", Assert.Single(await CompiledSource.RunAsync("/r/a.cs", With("", "probe();"), isOptimised: false, metadata))!.Member);
    }

    [Fact]
    public async Task Without_either_it_is_the_call_site_itself() =>
        Assert.Equal("Desk.Retry.AskAsync", Assert.Single(await CompiledSource.RunAsync("/r/a.cs", With("", "probe();"), isOptimised: false))!.Member);

    [Fact]
    public async Task A_wrapper_whose_caller_has_left_the_stack_is_the_call_site_and_says_so()
    {
        CallSite? site = Assert.Single(await CompiledSource.RunAsync("/r/a.cs", With("[CostHelper]", "await Task.Yield(); probe();"), isOptimised: false));

        Assert.Equal(("Desk.Retry.AskAsync", true), (site!.Member, site.IsHelper));
    }
}
