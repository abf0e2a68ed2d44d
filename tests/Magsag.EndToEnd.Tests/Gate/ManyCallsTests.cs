namespace Magsag.EndToEnd.Tests;

/// <summary>Test hosts that record until their last moment: vstest ends a host 100 ms after its last test, and some are killed before.</summary>
public sealed class ManyCallsTests(PackageFeed feed)
{
    private const int Calls = 5001;

    /// <summary>How often the recording is judged: 1 where nothing else is asked for.</summary>
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("MAGSAG_MANY_CALLS_ROUNDS"), out int rounds) ? rounds : 1;

    [Fact]
    public async Task All_calls_of_a_host_are_judged_though_each_ends_a_run_until_the_host_does()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        WriteTests(project);
        File.Delete(project.Baseline);
        (await project.TestAsync(["--filter", "Many_calls"])).Succeeded().Prints("Magsag: 5,001 calls, ");

        for (int round = 1; round < Rounds; round++)
        {
            (await project.TestAsync(["--no-build", "--filter", "Many_calls"])).Succeeded().Prints("Magsag: 5,001 calls, ");
        }
    }

    [Fact]
    public async Task Calls_of_a_killed_host_fail_the_build_and_those_of_tests_that_failed_or_exited_are_not_judged_until_they_pass()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        WriteTests(project);

        (await project.TestAsync(["--filter", "Many_calls"], ("DESK_KILL", "1"))).Failed();
        (await project.BuildAsync(["--no-restore"])).Failed().Prints("error MAG205: ").Prints("2,501 calls of tests that were cut off");

        (await project.TestAsync(["--no-build", "--filter", "Many_calls"], ("DESK_EXIT", "1"))).Failed();
        (await project.BuildAsync(["--no-restore"])).Succeeded().Prints("2,501 calls of tests that failed or were cut off: not judged (MAG206)");

        (await project.TestAsync(["--no-build", "--filter", "Many_calls|Fails_on_demand"], ("DESK_FAIL", "1"))).Failed();
        (await project.BuildAsync(["--no-restore"])).Succeeded().Prints("5,001 calls of tests that failed or were cut off: not judged (MAG206)");

        (await project.TestAsync(["--no-build", "--filter", "Many_calls"])).Prints("Magsag: 5,001 calls, ");
        (await project.BuildAsync(["--no-restore"])).DoesNotPrint("not judged");
    }

    internal static void WriteTests(GatedProject project) => project.Write("tests/Desk.Tests/ManyTests.cs", $$"""
        using System.Diagnostics;
        using Magsag.Runtime;
        using Microsoft.Extensions.AI;
        using Xunit;

        namespace Desk.Tests;

        public class ManyTests
        {
            [Fact]
            public async Task Many_calls()
            {
                var triage = new Triage(new Model());
                for (int call = 1; call <= {{Calls}}; call++)
                {
                    using (CostScope.Begin(run: "run-" + call))
                    {
                        await triage.ClassifyAsync("My bill is wrong.");
                    }

                    if (call == {{(Calls + 1) / 2}} && Environment.GetEnvironmentVariable("DESK_KILL") is not null)
                    {
                        Process.GetCurrentProcess().Kill();
                    }

                    if (call == {{(Calls + 1) / 2}} && Environment.GetEnvironmentVariable("DESK_EXIT") is not null)
                    {
                        Environment.Exit(0);
                    }
                }
            }

            private sealed class Model : IChatClient
            {
                public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
                    Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "billing"))
                    {
                        ModelId = "gpt-4o-mini",
                        Usage = new UsageDetails { InputTokenCount = 1000, OutputTokenCount = 5, TotalTokenCount = 1005 },
                    });

                public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
                    throw new NotSupportedException("The test asks for whole answers only.");

                public object? GetService(Type serviceType, object? serviceKey = null) =>
                    serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("openai", null, "gpt-4o-mini") : null;

                public void Dispose()
                {
                }
            }
        }
        """);
}
