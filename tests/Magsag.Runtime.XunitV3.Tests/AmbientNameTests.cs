using Xunit;

namespace Magsag.Runtime.XunitV3.Tests;

public sealed class AmbientNameTests
{
    [Fact]
    public async Task A_call_is_recorded_with_the_running_tests_name()
    {
        Assert.Equal($"{typeof(AmbientNameTests).FullName}.{nameof(A_call_is_recorded_with_the_running_tests_name)}", await Recorded.TestOfACallAsync());
    }

    [Fact]
    public async Task A_call_from_another_thread_is_too()
    {
        await Task.Run(async () => Assert.Equal($"{typeof(AmbientNameTests).FullName}.{nameof(A_call_from_another_thread_is_too)}", await Recorded.TestOfACallAsync()), TestContext.Current.CancellationToken);
    }
}
