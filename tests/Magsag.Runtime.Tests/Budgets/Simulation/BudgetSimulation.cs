using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Magsag.Runtime.Tests;

/// <summary>Many callers with the real OpenAI client, its retries and the real guard, over a provider and a clock that a seed decides.</summary>
/// <remarks>Between two steps everybody waits: the seed chooses who goes on, who begins, and where the clock jumps to.</remarks>
internal sealed class BudgetSimulation
{
    private const int Steps = 400;
    private const int MostCallers = 12;
    private const int ContextWindow = 128_000;

    private static readonly AIFunction[] Tools = [AIFunctionFactory.Create((string city, int days) => "", "forecast", "Says what the weather will be."), AIFunctionFactory.Create((string text) => "", "save", "Saves a text.")];

    // Every other simulation is about conversations that the provider keeps, which cost a hundred times as much.
    private readonly bool _keepsConversations;
    private readonly decimal _scale;
    private readonly int _seed;
    private readonly Random _random;
    private readonly Gates _gates;
    private readonly ManualTime _time;
    private readonly SimulatedProvider _provider;
    private readonly BudgetOptions _options;
    private readonly IChatClient _client;
    private int _calls;

    /// <summary>Sets up a simulation.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="time">The clock, which jumps.</param>
    /// <param name="store">Where budgets are kept.</param>
    /// <param name="ledger">Where calls are recorded.</param>
    /// <param name="guard">Puts the guard around the client.</param>
    public BudgetSimulation(int seed, ManualTime time, BudgetStore store, CostLedger ledger, Func<IChatClient, BudgetGuard, IChatClient> guard)
    {
        (_seed, _random, _time) = (seed, new Random(seed), time);
        _keepsConversations = seed % 2 == 1;
        _scale = _keepsConversations ? 20m : 1m;
        _gates = new Gates(new Random(seed + 1));
        _provider = new SimulatedProvider(seed + 2, _gates, _time);
        _options = new BudgetOptions { Store = store, Time = _time, DefaultMaxOutputTokens = 300 };
        var http = new HttpClient(new CostTrackingHandler(options => options.Ledger = ledger) { InnerHandler = _provider }) { Timeout = Timeout.InfiniteTimeSpan };
        var options = new OpenAIClientOptions { Transport = new HttpClientPipelineTransport(http), RetryPolicy = new RetryWithoutPause(), NetworkTimeout = Timeout.InfiniteTimeSpan };
        _client = guard(new ChatClient(SimulatedProvider.Model, new ApiKeyCredential("key"), options).AsIChatClient(), new BudgetGuard(Policy, _options));
    }

    private CostPolicy Policy => new()
    {
        Limits =
        [
            new PolicyLimit("day", LimitSubject.Everything, null, LimitPeriod.Day, MaxPerDay),
            new PolicyLimit("run", LimitSubject.Everything, null, LimitPeriod.Run, MaxPerRun),
            new PolicyLimit("hour", LimitSubject.Everything, null, LimitPeriod.Rolling, MaxPerHour) { Window = TimeSpan.FromHours(1) },
        ],
    };

    private decimal MaxPerDay => 0.006m * _scale;

    private decimal MaxPerRun => 0.002m * _scale;

    private decimal MaxPerHour => 0.003m * _scale;

    /// <summary>What went wrong; null when every promise held.</summary>
    public async Task<string?> RunAsync()
    {
        for (int step = 0; step < Steps; step++)
        {
            await _gates.SettleAsync();
            int choice = _random.Next(100);
            if (choice < 30 && _gates.Active < MostCallers)
            {
                Begin();
            }
            else if (choice < 33)
            {
                Jump();
            }
            else
            {
                _gates.OpenOne();
            }
        }

        while (_gates.Active > 0)
        {
            await _gates.SettleAsync();
            _gates.OpenOne();
        }

        return (_provider.Bills.Count == 0 ? Say("nothing", 0m, 0m) : null) ?? FindOverspend() ?? await FindLeftReservationAsync();
    }

    private void Begin()
    {
        _calls++;
        string run = $"r{_random.Next(6)}";
        bool stream = _random.Next(2) == 0;
        int leaveAfter = _random.Next(3) == 0 ? _random.Next(1, 12) : int.MaxValue;
        int kept = _keepsConversations && _random.Next(2) == 0 ? _random.Next(ContextWindow * 9 / 10) : 0;
        ChatOptions options = OptionsFor(kept);
        ChatMessage[] messages = MessagesFor(run, kept);
        _gates.Begin(async () =>
        {
            using CostScope scope = CostScope.Begin(run: run);
            try
            {
                await AskAsync(messages, options, stream, leaveAfter);
            }
            catch (Exception)
            {
                // Refused, failed or stopped: what counts is what was billed.
            }
        });
    }

    private async Task AskAsync(ChatMessage[] messages, ChatOptions options, bool stream, int leaveAfter)
    {
        if (!stream)
        {
            await _client.GetResponseAsync(messages, options);
            return;
        }

        int seen = 0;
        await foreach (ChatResponseUpdate _ in _client.GetStreamingResponseAsync(messages, options))
        {
            if (++seen == leaveAfter)
            {
                break;
            }
        }
    }

    private ChatOptions OptionsFor(int kept) => new()
    {
        MaxOutputTokens = _random.Next(4) == 0 ? null : _random.Next(20, 400),
        ConversationId = kept > 0 ? "c1" : null,
        Tools = _random.Next(3) == 0 ? [.. Tools] : null,
    };

    // The provider learns from the text whose call it is, and what it has kept of the conversation: the guard reads neither.
    private ChatMessage[] MessagesFor(string run, int kept)
    {
        List<ChatMessage> messages = [new(ChatRole.User, $"{run} {kept} {string.Join(' ', Enumerable.Repeat("What will the weather be?", _random.Next(1, 40)))}")];
        if (_random.Next(3) == 0)
        {
            object[] result = [.. Enumerable.Range(0, _random.Next(1, 30)).Select(static day => new { Day = day, Sky = "cloudy", Degrees = 7.5 })];
            messages.Add(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("t1", "forecast", new Dictionary<string, object?> { ["city"] = "Bern", ["days"] = 3, ["where"] = new { Lat = 46.9, Lon = 7.4 } })]));
            messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent("t1", result)]));
        }

        return [.. messages];
    }

    private void Jump()
    {
        TimeSpan[] jumps = [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(25), TimeSpan.FromHours(2), TimeSpan.FromHours(26), TimeSpan.FromMinutes(-3), TimeSpan.FromMinutes(-50), TimeSpan.FromHours(-5)];
        _time.Now += jumps[_random.Next(jumps.Length)];
    }

    private string? FindOverspend()
    {
        IReadOnlyList<(DateTimeOffset At, string Run, decimal Usd)> bills = _provider.Bills;
        return bills.GroupBy(static bill => bill.At.Date).Where(day => day.Sum(static bill => bill.Usd) > MaxPerDay).Select(day => Say($"day {day.Key:yyyy-MM-dd}", day.Sum(static bill => bill.Usd), MaxPerDay)).FirstOrDefault()
            ?? bills.GroupBy(static bill => bill.Run).Where(run => run.Sum(static bill => bill.Usd) > MaxPerRun).Select(run => Say($"run {run.Key}", run.Sum(static bill => bill.Usd), MaxPerRun)).FirstOrDefault()
            ?? bills.Select(last => bills.Where(bill => bill.At <= last.At && bill.At > last.At - TimeSpan.FromHours(1)).Sum(static bill => bill.Usd)).Where(hour => hour > MaxPerHour).Select(hour => Say("an hour", hour, MaxPerHour)).FirstOrDefault();
    }

    private string Say(string what, decimal billed, decimal limit) =>
        string.Create(CultureInfo.InvariantCulture, $"Seed {_seed}: {billed} were billed in {what}, of {limit}; {_calls} calls, {_provider.Bills.Count} billed requests.");

    private async Task<string?> FindLeftReservationAsync()
    {
        _time.Now += TimeSpan.FromMinutes(1);
        var probe = new BudgetGuard(new CostPolicy { Limits = [.. Policy.Limits.Select(static limit => new PolicyLimit(limit.Rule, limit.Subject, limit.Name, limit.Period, 0m) { Window = limit.Window })] }, _options);
        try
        {
            await probe.ReserveAsync(new CallAttribution { RunId = "r1" }, new BudgetAmount(1m, 1, 1));
            return $"Seed {_seed}: a limit of 0 granted a call.";
        }
        catch (BudgetExceededException refused)
        {
            return refused.Reserved == 0m ? null : Say("reservations that nobody ended", refused.Reserved, 0m);
        }
    }

    private sealed class RetryWithoutPause : ClientRetryPolicy
    {
        protected override TimeSpan GetNextDelay(PipelineMessage message, int tryCount) => TimeSpan.Zero;
    }
}
