using NUnit.Framework;

namespace Magsag.Runtime.NUnit.Tests;

public sealed class AmbientNameTests
{
    [Test]
    public async Task A_call_is_recorded_with_the_running_tests_name()
    {
        Assert.That(await Recorded.TestOfACallAsync(), Is.EqualTo($"{typeof(AmbientNameTests).FullName}.{nameof(A_call_is_recorded_with_the_running_tests_name)}"));
    }

    [Test]
    public async Task A_call_from_another_thread_is_too()
    {
        await Task.Run(async () => Assert.That(await Recorded.TestOfACallAsync(), Is.EqualTo($"{typeof(AmbientNameTests).FullName}.{nameof(A_call_from_another_thread_is_too)}")));
    }
}
