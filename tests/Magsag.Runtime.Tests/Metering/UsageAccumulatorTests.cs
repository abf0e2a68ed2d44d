using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

/// <summary>What the reports and the pieces of one stream come to.</summary>
public sealed class UsageAccumulatorTests
{
    private const string FiveTokens = " fox fox fox fox fox";

    private static ChatResponseUpdate Text(string text, string? id = "r1") => new(ChatRole.Assistant, text) { ResponseId = id, ModelId = "gpt-4o" };

    private static ChatResponseUpdate Usage(long? input, long? output, string? id = "r1", long? total = null) =>
        new(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = total })]) { ResponseId = id };

    private static ChatResponseUpdate End(string? id = "r1") => new() { Role = ChatRole.Assistant, ResponseId = id, FinishReason = ChatFinishReason.Stop };

    private static ChatResponseUpdate ToolResult() => new(ChatRole.Tool, [new FunctionResultContent("t1", new string('x', 1_000))]);

    private static UsageAccumulator After(params ChatResponseUpdate[] updates)
    {
        var usage = new UsageAccumulator("gpt-4o");
        foreach (ChatResponseUpdate update in updates)
        {
            usage.Add(update);
        }

        return usage;
    }

    private static (long? Input, long? Output, bool IsCounted) Measured(UsageAccumulator usage, bool isWhole)
    {
        MeasuredUsage measured = usage.Measure(isWhole, static _ => 7);
        return (measured.Usage?.InputTokens, measured.Usage?.OutputTokens, measured.IsCounted);
    }

    [Fact]
    public void Running_totals_of_a_response_replace_each_other() =>
        Assert.Equal((1000, 20, false), Measured(After(Text(" fox"), Usage(1000, 10), Text(" fox"), Usage(1000, 20), End()), isWhole: true));

    [Fact]
    public void Counts_that_are_reported_apart_complete_each_other()
    {
        Assert.Equal((1000, 100, false), Measured(After(Usage(1000, 1), Text(FiveTokens), Usage(null, 100), End()), isWhole: true));
        Assert.Equal((1000, 100, false), Measured(After(Usage(1000, 1, total: 1001), Text(FiveTokens), Usage(0, 100, total: 100), End()), isWhole: true));
        Assert.Equal((1000, 100, false), Measured(After(Text(FiveTokens), Usage(null, 100), Usage(1000, null), End()), isWhole: true));
    }

    [Fact]
    public void Counts_that_are_reported_apart_are_not_said_to_contradict_each_other() =>
        Assert.Null(After(Usage(1000, 1, total: 1001), Text(FiveTokens), Usage(0, 100, total: 100), End()).Measure(isWhole: true, static _ => null).Issue);

    [Fact]
    public void Reports_about_parts_of_a_response_are_added() =>
        Assert.Equal((1200, 80, false), Measured(After(Text(FiveTokens), Usage(1000, 50), Text(FiveTokens), Usage(200, 30), End()), isWhole: true));

    [Fact]
    public void A_placeholder_is_replaced_by_a_smaller_count_and_never_added_to_it() =>
        Assert.Equal((1000, 5, false), Measured(After(Usage(1000, 77), Text(FiveTokens), Usage(null, 5), End()), isWhole: true));

    [Fact]
    public void Of_a_stream_that_breaks_off_after_its_placeholder_what_arrived_is_counted()
    {
        Assert.Equal((1000, 5, true), Measured(After(Usage(1000, 77), Text(FiveTokens)), isWhole: false));
        Assert.Equal((1000, 0, true), Measured(After(Usage(1000, 77)), isWhole: false));
    }

    [Fact]
    public void What_arrived_after_the_last_running_total_counts_when_it_is_more() =>
        Assert.Equal((1000, 10, true), Measured(After(Text(FiveTokens), Usage(1000, 5), Text(FiveTokens)), isWhole: false));

    [Fact]
    public void What_nobody_reports_is_counted() => Assert.Equal((7, 5, true), Measured(After(Text(FiveTokens), End()), isWhole: true));

    [Fact]
    public void Arguments_of_tools_and_reasoning_are_output_and_results_of_tools_are_not()
    {
        var asked = new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent("t1", "find", new Dictionary<string, object?> { ["text"] = FiveTokens })]);
        var thought = new ChatResponseUpdate(ChatRole.Assistant, [new TextReasoningContent(FiveTokens)]);

        Assert.Equal(5, After(thought, ToolResult()).CountOutput());
        Assert.InRange(After(asked, ToolResult()).CountOutput(), 6, 20);
    }

    [Theory]
    [InlineData("r1", "r2")]
    [InlineData("r1", "r1")]
    [InlineData(null, null)]
    public void The_responses_of_a_tool_loop_are_added(string? first, string? second)
    {
        var asks = new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent("t1", "find")]) { ResponseId = first };

        Assert.Equal((2100, 30, false), Measured(After(asks, Usage(1000, 10, first), ToolResult(), Text("done", second), Usage(1100, 20, second)), isWhole: true));
    }

    [Fact]
    public void A_response_of_another_id_is_another_one_though_no_tool_stands_between() =>
        Assert.Equal((2100, 30, false), Measured(After(Text("a"), Usage(1000, 10), Text("b", "r2"), Usage(1100, 20, "r2")), isWhole: true));

    [Fact]
    public void Of_several_responses_the_last_may_break_off()
    {
        UsageAccumulator usage = After(Text("a"), Usage(1000, 10), End(), Usage(1100, 1, "r2"), Text(FiveTokens, "r2"));

        Assert.Equal((2100, 15, true), Measured(usage, isWhole: false));
        Assert.False(usage.HasFinalReport);
    }

    [Fact]
    public void Pieces_with_ids_of_their_own_are_one_response_while_none_of_them_ends() =>
        Assert.Equal((1000, 20, false), Measured(After(Text("a", "1"), Text("b", "2"), Text("c", "3"), Usage(1000, 20, "4")), isWhole: true));

    [Fact]
    public void A_tool_that_answers_first_opens_no_response_of_its_own() =>
        Assert.Equal((1000, 20, false), Measured(After(ToolResult(), Text("a"), Usage(1000, 20), End()), isWhole: true));

    [Fact]
    public void A_report_is_final_only_once_the_response_has_ended()
    {
        Assert.False(After(Usage(1000, 1), Text("a")).HasFinalReport);
        Assert.False(After(Text("a"), Usage(1000, 1)).HasFinalReport);
        Assert.False(After(Usage(1000, 1), Text("a"), End()).HasFinalReport);
        Assert.True(After(Text("a"), Usage(1000, 1), End()).HasFinalReport);
        Assert.True(After(Text("a"), End(), Usage(1000, 1)).HasFinalReport);
        Assert.True(After(Usage(1000, 1), Text("a"), End(), Usage(null, 20)).HasFinalReport);
    }

    [Fact]
    public void Arguments_that_cannot_be_written_as_JSON_make_the_output_unknown_and_throw_nothing()
    {
        var call = new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent("t1", "find", new Dictionary<string, object?> { ["text"] = typeof(string) })]);

        Assert.Null(After(call).Measure(isWhole: true, static _ => 7).Usage);
    }

    [Fact]
    public void Nothing_that_arrived_used_nothing_that_is_known() => Assert.Equal(default, new UsageAccumulator("gpt-4o").Measure(isWhole: false, static _ => 7));

    [Fact]
    public void Output_is_only_counted_when_its_bytes_could_be_too_many_tokens()
    {
        UsageAccumulator usage = After(Text(FiveTokens));

        Assert.True(usage.HasMoreOutputThan(4));
        Assert.False(usage.HasMoreOutputThan(5));
        Assert.False(usage.HasMoreOutputThan(1_000));
    }

    [Fact]
    public void Output_beyond_a_number_of_tokens_is_noticed_with_the_token_that_exceeds_it()
    {
        var usage = new UsageAccumulator("gpt-4o");
        int tokens = 0;
        while (!usage.HasMoreOutputThan(1_000))
        {
            usage.Add(Text(" fox"));
            tokens++;
        }

        Assert.Equal(1_001, tokens);
    }

    [Theory]
    [InlineData(-90L, 100L)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void Counts_that_cannot_be_right_make_no_sum_that_looks_right(long first, long second) =>
        Assert.NotNull(After(Text("a"), Usage(first, 10), Text("b", "r2"), Usage(second, 20, "r2")).Measure(isWhole: true, static _ => null).Usage!.Value.Problem);
}
