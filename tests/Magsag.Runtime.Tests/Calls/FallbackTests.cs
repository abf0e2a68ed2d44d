using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

public sealed class FallbackTests : RecordingTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_that_fails_and_is_asked_of_another_client_is_one_call_with_two_attempts(bool stream)
    {
        using IChatClient first = Tracked(new ScriptedClient { Failure = new HttpRequestException("down") });
        using IChatClient second = Tracked(new ScriptedClient(ScriptedClient.Text("fine")));

        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(first, "hi", stream));
        await AskAsync(second, "hi", stream);

        List<LedgerRecord> records = await RecordsAsync();
        Assert.Equal([CallOutcome.Error, CallOutcome.Ok], records.Select(record => record.Outcome));
        Assert.NotNull(records[0].CallId);
        Assert.Equal(records[0].CallId, records[1].CallId);
    }

    [Fact]
    public async Task Another_question_and_the_same_one_for_another_customer_are_other_calls()
    {
        using IChatClient failing = Tracked(new ScriptedClient { Failure = new HttpRequestException("down") });
        using IChatClient answering = Tracked(new ScriptedClient(ScriptedClient.Text("fine")));

        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(failing, "hi", stream: false));
        await AskAsync(answering, "something else", stream: false);
        using (CostScope.Begin(customer: "acme"))
        {
            await AskAsync(answering, "hi", stream: false);
        }

        Assert.Equal([null, null], (await RecordsAsync()).Skip(1).Select(record => record.CallId));
    }

    private static async Task AskAsync(IChatClient client, string question, bool stream) =>
        _ = stream ? await client.GetStreamingResponseAsync(question).ToChatResponseAsync() : await client.GetResponseAsync(question);

    private IChatClient Tracked(ScriptedClient client) => client.AsBuilder().UseCostTracking(Configure).Build();
}
