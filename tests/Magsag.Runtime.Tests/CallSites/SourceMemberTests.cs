namespace Magsag.Runtime.Tests;

/// <summary>A call site has the name of the member as it is declared, whatever the compiler made of it, in Debug and in Release.</summary>
public sealed class SourceMemberTests
{
    private const string CSharp = """
        using System; using System.Collections.Generic; using System.Linq; using System.Threading.Tasks;
        namespace Desk;
        public interface IDesk { Task SortAsync(Action probe); }
        public class Cache<T> : IDesk
        {
            private readonly Func<Action, int> _field = probe => { probe(); return 1; };
            public Cache(Action probe) { _field(probe); Local(); void Local() { probe(); GC.KeepAlive(this); } }
            public int Count { [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)] get { Last(); return 1; } }
            public Action Last = () => { };
            async Task IDesk.SortAsync(Action probe) { await Task.Yield(); probe(); }
            public class Inner { public IEnumerable<int> Each(Action probe) { probe(); yield return 1; } }
            public static async IAsyncEnumerable<int> EachAsync(Action probe) { await Task.Yield(); probe(); yield return 1; }
        }
        file class Draft { [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)] public static void Write(Action probe) { probe(); GC.KeepAlive(probe); } }
        public static class Start
        {
            public static async Task RunAsync(Action probe)
            {
                var cache = new Cache<int>(probe) { Last = probe };
                int count = cache.Count;
                await ((IDesk)cache).SortAsync(probe);
                foreach (int one in new Cache<int>.Inner().Each(probe)) { }
                await foreach (int one in Cache<string>.EachAsync(probe)) { }
                Draft.Write(probe);
                await Lambdas(probe, 1);
            }
            private static async Task Lambdas<T>(Action probe, T value)
            {
                Func<Task> asyncLambda = async () => { await Task.Yield(); probe(); GC.KeepAlive(value); };
                await asyncLambda();
                new[] { 1 }.Select(number => { Action nested = () => { probe(); GC.KeepAlive(number); }; nested(); return number; }).ToList();
                async Task LocalAsync() { await Task.Yield(); await Task.Run(() => { probe(); GC.KeepAlive(value); }); }
                await LocalAsync();
            }
        }
        """;

    private const string VisualBasic = """
        Imports System
        Imports System.Collections.Generic
        Imports System.Linq
        Imports System.Threading.Tasks
        Namespace Desk
            Public Class Cache(Of T)
                Private ReadOnly _probe As Action
                Public Sub New(probe As Action)
                    _probe = probe
                End Sub
                Public ReadOnly Property Count As Integer
                    <System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)>
                    Get
                        _probe()
                        Return 1
                    End Get
                End Property
                Public Async Function SortAsync() As Task
                    Await Task.Yield()
                    _probe()
                End Function
                Public Iterator Function Rows() As IEnumerable(Of Integer)
                    _probe()
                    Yield 1
                End Function
            End Class
            Public Class Start
                Public Shared Async Function RunAsync(probe As Action) As Task
                    Dim cache = New Cache(Of Integer)(probe)
                    Dim count = cache.Count
                    Await cache.SortAsync()
                    Dim all = cache.Rows().ToList()
                    Await LambdasAsync(probe)
                    Await OthersAsync(probe)
                End Function
                Private Shared Async Function LambdasAsync(probe As Action) As Task
                    Dim ask As Func(Of Task) = Async Function()
                                                   Await Task.Yield()
                                                   probe()
                                               End Function
                    Await ask()
                    Dim doubled = {1}.Select(Function(number)
                                                 probe()
                                                 Return number * 2
                                             End Function).ToList()
                End Function
                Private Shared Function OthersAsync(probe As Action) As Task
                    Return Task.Run(Sub()
                                        probe()
                                        GC.KeepAlive(probe)
                                    End Sub)
                End Function
            End Class
        End Namespace
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task In_CSharp(bool isOptimised)
    {
        IReadOnlyList<CallSite?> sites = await CompiledSource.RunAsync("/repo/src/Desk.cs", CSharp, isOptimised);

        Assert.Equal(
            [
                "Desk.Cache.ctor", "Desk.Cache.ctor", "Desk.Cache.Count", "Desk.Cache.SortAsync", "Desk.Cache.Inner.Each", "Desk.Cache.EachAsync", "Desk.Draft.Write",
                "Desk.Start.Lambdas", "Desk.Start.Lambdas", "Desk.Start.Lambdas",
            ],
            sites.Select(static site => site?.Member));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task In_Visual_Basic(bool isOptimised)
    {
        IReadOnlyList<CallSite?> sites = await CompiledSource.RunAsync("/repo/src/Desk.vb", VisualBasic, isOptimised);

        Assert.Equal(
            ["Desk.Cache.Count", "Desk.Cache.SortAsync", "Desk.Cache.Rows", "Desk.Start.LambdasAsync", "Desk.Start.LambdasAsync", "Desk.Start.OthersAsync"],
            sites.Select(static site => site?.Member));
    }
}
