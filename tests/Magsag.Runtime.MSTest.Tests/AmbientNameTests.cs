using Microsoft.VisualStudio.TestTools.UnitTesting;

[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]

namespace Magsag.Runtime.MSTest.Tests;

[TestClass]
public sealed class AmbientNameTests
{
    [TestMethod]
    public async Task A_call_is_recorded_with_the_running_tests_name()
    {
        Assert.AreEqual($"{typeof(AmbientNameTests).FullName}.{nameof(A_call_is_recorded_with_the_running_tests_name)}", await Recorded.TestOfACallAsync());
    }

    [TestMethod]
    public async Task A_call_from_another_thread_is_too()
    {
        await Task.Run(async () => Assert.AreEqual($"{typeof(AmbientNameTests).FullName}.{nameof(A_call_from_another_thread_is_too)}", await Recorded.TestOfACallAsync()));
    }
}
