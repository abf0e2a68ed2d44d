using System.Diagnostics;
using System.Text.Json;
using Magsag.Ledger.Records;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Mcp;

/// <summary>A tool whose calls are logged.</summary>
internal sealed class LoggedMcpTool(AIFunction inner, string server, CostRecorder recorder) : DelegatingAIFunction(inner)
{
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        DateTimeOffset started = DateTimeOffset.UtcNow;
        long clock = Stopwatch.GetTimestamp();
        object? result;
        try
        {
            result = await base.InvokeCoreAsync(arguments, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Log(started, clock, arguments, error is OperationCanceledException ? CallOutcome.Cancelled : CallOutcome.Error, null);
            throw;
        }

        Log(started, clock, arguments, SaysError(result) ? CallOutcome.Error : CallOutcome.Ok, result);
        return result;
    }

    // A server reports what its tool couldn't do in an answer that is otherwise sound.
    private static bool SaysError(object? result) =>
        result is JsonElement { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("isError", out JsonElement isError) && isError.ValueKind == JsonValueKind.True;

    private void Log(DateTimeOffset started, long clock, AIFunctionArguments arguments, CallOutcome outcome, object? result)
    {
        try
        {
            recorder.Log(new McpCall
            {
                Id = RecordId.New(started),
                Started = started,
                RunId = CostScope.Current?.RunId ?? CostRecorder.ProcessRunId,
                Agent = CostScope.Current?.Agent,
                Customer = CostScope.Current?.Customer,
                Test = recorder.CurrentTest,
                Server = server,
                Tool = Name,
                Outcome = outcome,
                DurationMilliseconds = Stopwatch.GetElapsedTime(clock).TotalMilliseconds,
                Input = McpSize.Measure(arguments.ToDictionary(static argument => argument.Key, static argument => argument.Value)),
                Output = result is null ? null : McpSize.Measure(result),
            });
        }
        catch (Exception error)
        {
            recorder.ReportFault(error);
        }
    }
}
