using Magsag.Ledger.Limits;
using Magsag.Ledger.Records;
using Magsag.Runtime;

namespace Magsag.Storage.Tests;

/// <summary>Three processes with clocks of their own, which call, settle, forget, jump, crash and start again by the numbers of a seed.</summary>
internal sealed class BudgetSimulation
{
    private const int Steps = 120;
    private static readonly decimal[] Limits = [0.6m, 1m, 0.8m];

    private readonly SimulatedBudgets _budgets;
    private readonly Random _random;
    private readonly string _agent;
    private readonly BudgetOracle _oracle = new();
    private readonly JumpingClock _truth = new(new DateTimeOffset(2026, 11, 24, 20, 0, 0, TimeSpan.Zero));
    private readonly BudgetGuard[] _guards = new BudgetGuard[3];
    private readonly JumpingClock[] _clocks = new JumpingClock[3];
    private readonly List<OpenCall> _open = [];
    private readonly List<LedgerRecord> _records = [];

    public BudgetSimulation(SimulatedBudgets budgets, int seed)
    {
        _budgets = budgets;
        _random = new Random(seed);
        _agent = $"agent-{seed}";
    }

    public int Granted { get; private set; }

    public int Refused { get; private set; }

    public async Task RunAsync()
    {
        for (int process = 0; process < _guards.Length; process++)
        {
            await StartAsync(process);
        }

        for (int step = 0; step < Steps; step++)
        {
            await StepAsync(_random.Next(_guards.Length));
        }
    }

    private async Task StepAsync(int process)
    {
        switch (_random.Next(20))
        {
            case < 9:
                await ReserveAsync(process);
                break;
            case < 14:
                await EndAsync();
                break;
            case 14:
                Pass(_random.Next(10) == 0 ? TimeSpan.FromHours(_random.Next(1, 60)) : TimeSpan.FromMinutes(_random.Next(1, 30)));
                break;
            case 15:
                Jump(process);
                break;
            case 16:
                await RecordAsync(process);
                break;
            case 17 when _random.Next(4) == 0:
                _open.RemoveAll(call => call.Process == process);
                await StartAsync(process);
                break;
            case 18:
                await _budgets.ReturnAsync(_guards[process].Store);
                break;
        }
    }

    private async Task StartAsync(int process)
    {
        _clocks[process] ??= new JumpingClock(_truth.Now);
        BudgetStore store = await _budgets.StartAsync(_guards[process]?.Store, _clocks[process]);
        PolicyLimit[] limits =
        [
            new("run", LimitSubject.Agent, _agent, LimitPeriod.Run, Limits[0]),
            new("day", LimitSubject.Agent, _agent, LimitPeriod.Day, Limits[1]),
            new("hour", LimitSubject.Agent, _agent, LimitPeriod.Rolling, Limits[2]) { Window = TimeSpan.FromHours(1) },
        ];
        _guards[process] = new BudgetGuard(new CostPolicy { Limits = limits }, new BudgetOptions { Store = store, Time = _clocks[process] });
    }

    private async Task ReserveAsync(int process)
    {
        string run = RunOf(_random.Next(3));
        decimal cap = _random.Next(1, 100) / (_random.Next(3) == 0 ? 300m : 3000m);
        DateTimeOffset clock = _clocks[process].Now;
        decimal[] least = _oracle.Sums(run, clock, _truth.Now.AddDays(-1));
        decimal[] most = _oracle.Sums(run, clock, DateTimeOffset.MinValue, _budgets.HasSlices);
        try
        {
            BudgetReservation reservation = await _guards[process].ReserveAsync(new CallAttribution { Agent = _agent, RunId = run }, new BudgetAmount(cap, 1, 10));
            Granted++;
            for (int limit = 0; limit < Limits.Length; limit++)
            {
                Assert.True(least[limit] + cap <= Limits[limit], $"{_agent}: a call of {cap} was granted though {least[limit]} of {Limits[limit]} may be billed.");
            }

            var call = new OpenCall(Guid.NewGuid(), process, reservation, cap, _truth.Now);
            _oracle.Enter(call.Id, run, cap, clock, _truth.Now);
            _open.Add(call);
        }
        catch (BudgetExceededException)
        {
            Refused++;
            decimal part = _budgets.CertainPart;
            Assert.True(
                Enumerable.Range(0, Limits.Length).Any(limit => most[limit] + cap > Limits[limit] * part),
                $"{_agent}: a call of {cap} was refused though only {string.Join(", ", most)} can be billed.");
        }
    }

    // Some answers never come; those that are too late to be heard don't either.
    private async Task EndAsync()
    {
        _open.RemoveAll(call => _truth.Now - call.Made > TimeSpan.FromHours(12));
        if (_open.Count == 0)
        {
            return;
        }

        OpenCall call = _open[_random.Next(_open.Count)];
        _open.Remove(call);
        decimal actual = _random.Next(5) switch
        {
            0 => 0m,
            1 => call.Cap,
            _ => call.Cap * _random.Next(1, 100) / 100m,
        };
        if (_random.Next(10) == 0)
        {
            return;
        }

        await (actual == 0m ? call.Reservation.ReleaseAsync() : call.Reservation.SettleAsync(new BudgetAmount(actual, 1, 10)));
        await call.Reservation.SettleAsync(new BudgetAmount(99m, 1, 10));
        _oracle.Settle(call.Id, actual);
    }

    private void Pass(TimeSpan time)
    {
        _truth.Pass(time);
        foreach (JumpingClock clock in _clocks)
        {
            clock.Pass(time);
        }
    }

    private void Jump(int process) => _clocks[process].Now = _truth.Now + _random.Next(5) switch
    {
        0 => TimeSpan.FromDays(_random.Next(1, 2000)),
        1 => TimeSpan.FromHours(_random.Next(-12, 13)),
        2 => TimeSpan.FromSeconds(_random.Next(-90, 91)),
        _ => TimeSpan.Zero,
    };

    // A record that another process has entered, too, counts once. What the others have leased before it they may still spend.
    private async Task RecordAsync(int process)
    {
        foreach (BudgetGuard guard in _guards)
        {
            await _budgets.ReturnAsync(guard.Store);
        }

        if (_records.Count == 0 || _random.Next(2) == 0)
        {
            var record = new LedgerRecord { Id = Guid.NewGuid(), Timestamp = _truth.Now, Agent = _agent, RunId = RunOf(_random.Next(3)), CostUsd = _random.Next(1, 50) / 1000m };
            _records.Add(record);
            _oracle.Enter(record.Id, record.RunId!, record.CostUsd.Value, _truth.Now, _truth.Now);
            await _guards[process].RecordAsync(record);
            return;
        }

        LedgerRecord known = _records[_random.Next(_records.Count)];
        if (known.Timestamp > _truth.Now.AddHours(-12))
        {
            await _guards[process].RecordAsync(known);
        }
    }

    private string RunOf(int number) => $"{_agent}-run-{number}";

    private sealed record OpenCall(Guid Id, int Process, BudgetReservation Reservation, decimal Cap, DateTimeOffset Made);
}
