using Magsag.Ledger.Limits;

namespace Magsag.Runtime.Budgets;

/// <summary>The limits of one account over one period: they share what is counted.</summary>
internal sealed class BudgetRule
{
    // So far may a process's clock be behind the others': its windows still find what they reach.
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    // A run has no end that anybody knows: it may go on after a night, a holiday or an approval that takes a quarter.
    private static readonly TimeSpan LongestPauseOfARun = TimeSpan.FromDays(400);

    private const int SlotsPerWindow = 60;

    private readonly LimitPeriod _period;
    private readonly TimeSpan _window;
    private readonly string _account;
    private readonly TimeZoneInfo _zone;
    private readonly decimal? _maxUsd;
    private readonly long? _maxCalls;
    private readonly long? _maxTokens;
    private BudgetLine? _last;

    public BudgetRule(IReadOnlyList<AppliedLimit> limits, TimeZoneInfo zone)
    {
        Limits = limits;
        _zone = zone;
        _period = limits[0].Limit.Period;
        _window = limits[0].Limit.Window;
        _account = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{limits[0].Account}|{_period}{(_window > TimeSpan.Zero ? _window.TotalMinutes : "")}");
        _maxUsd = Max(LimitMeasure.UsDollars);
        _maxCalls = (long?)Max(LimitMeasure.Calls);
        _maxTokens = (long?)Max(LimitMeasure.Tokens);
    }

    public IReadOnlyList<AppliedLimit> Limits { get; }

    public bool CountsDollars => _maxUsd is not null;

    /// <summary>What a claim of now is entered in and judged by.</summary>
    public BudgetLine LineAt(DateTimeOffset now, string run)
    {
        switch (_period)
        {
            case LimitPeriod.Run:
                return Line($"{_account}|{run}", DateTimeOffset.UnixEpoch, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, now + LongestPauseOfARun);
            case LimitPeriod.Rolling:
                return RollingLine(now);
            default:
                // Finding midnight in a time zone takes longer than everything else, and it is the same until the next one.
                if (_last is { } last && now >= last.From && now < last.To)
                {
                    return last;
                }

                CalendarWindow window = CalendarWindow.Containing(_period, now, _zone);
                return _last = Line(_account, window.Start, window.Start, window.End, window.End + Grace);
        }
    }

    /// <summary>When a line that has no room may have some again; null when it never will.</summary>
    public DateTimeOffset? ResetOf(BudgetLine line) => _period switch
    {
        LimitPeriod.Run => null,
        LimitPeriod.Rolling => line.Slot + SlotLength,
        _ => line.To,
    };

    private TimeSpan SlotLength => _window / SlotsPerWindow;

    // The slot that has only partly left the window counts whole: a window is never shorter than the limit says.
    private BudgetLine RollingLine(DateTimeOffset now)
    {
        DateTimeOffset slot = Floor(now);
        return _last is { } last && last.Slot == slot ? last : _last = Line(_account, slot, slot - _window, DateTimeOffset.MaxValue, slot + _window + Grace);
    }

    private DateTimeOffset Floor(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % SlotLength.Ticks), TimeSpan.Zero);

    private BudgetLine Line(string account, DateTimeOffset slot, DateTimeOffset from, DateTimeOffset to, DateTimeOffset keepUntil) =>
        new(account, slot, from, to, keepUntil) { MaxUsd = _maxUsd, MaxCalls = _maxCalls, MaxTokens = _maxTokens };

    private decimal? Max(LimitMeasure measure) => Limits.Where(applied => applied.Limit.Measure == measure).Min(static applied => applied.Limit.Max);
}
