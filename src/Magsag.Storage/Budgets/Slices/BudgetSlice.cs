using Magsag.Runtime;

namespace Magsag.Storage.Budgets.Slices;

/// <summary>The slice of one account's slot that this process may spend without asking the database.</summary>
internal sealed class BudgetSlice(BudgetSlot slot)
{
    private BudgetAmount _low;
    private BudgetAmount _asked;
    private int _calls;

    /// <summary>Names the lease in the database.</summary>
    public Guid Id { get; private set; } = Guid.NewGuid();

    /// <summary>What this process spent and has reserved.</summary>
    public BudgetSlot Slot { get; } = slot;

    /// <summary>The most that this process may have spent and reserved.</summary>
    public BudgetAmount Leased { get; set; }

    /// <summary>What was leased by ids that the database has closed: it stands there as spent for good.</summary>
    public BudgetAmount Closed { get; private set; }

    /// <summary>The most that may lie unused.</summary>
    public BudgetAmount Allowed
    {
        get;
        set
        {
            field = value;
            _low = value.Half().Half();
        }
    }

    /// <summary>Whether the database has a lease of the id.</summary>
    public bool IsLeased { get; set; }

    /// <summary>The limit that the slice was leased under; null before that.</summary>
    public BudgetLine? Line { get; set; }

    /// <summary>Until when the database lets it be spent, by this process's own measure of time: others may count on it afterwards.</summary>
    public long ValidUntil { get; set; }

    /// <summary>Whether it was given back and not used since.</summary>
    public bool IsReturned { get; private set; }

    /// <summary>How often it was given back.</summary>
    public int Returns { get; private set; }

    /// <summary>Claims that are open, or expired and may still be answered.</summary>
    public int Claims { get; set; }

    /// <summary>The latest expiry of a claim, in ticks of UTC.</summary>
    public long Expires { get; private set; }

    public long LastUse { get; private set; }

    /// <summary>For how many calls the next lease is meant.</summary>
    public int Calls { get; private set; }

    public long LastRenewal { get; private set; }

    /// <summary>Whether the next renewal is asked for already.</summary>
    public bool IsRenewing { get; set; }

    /// <summary>Counts the changes, so that it is known which of them the database has heard of.</summary>
    public int Version { get; set; }

    public int ReportedVersion { get; set; }

    public BudgetAmount Used => Slot.Spent + Slot.Reserved;

    public BudgetAmount Unused => Leased - Used;

    /// <summary>The mean of what calls asked for since the last renewal; an amount of nothing when there was none.</summary>
    public BudgetAmount Typical => _calls == 0
        ? default
        : new BudgetAmount(decimal.Round(_asked.Usd / _calls, 9), Math.Max(1, _asked.Calls / _calls), _asked.Tokens / _calls);

    /// <summary>Whether a claim under a limit needn't ask the database: the slice was leased under that limit or a stricter one, and has room.</summary>
    public bool HasRoom(BudgetLine line, BudgetAmount amount, long timestamp) => timestamp < ValidUntil && IsLeasedUnder(line) && amount.IsWithin(Unused);

    public bool IsLeasedUnder(BudgetLine line) =>
        ReferenceEquals(line, Line)
        || (Line is { } mine
            && mine.From <= line.From && mine.To >= line.To
            && (line.MaxUsd is null || mine.MaxUsd <= line.MaxUsd)
            && (line.MaxCalls is null || mine.MaxCalls <= line.MaxCalls)
            && (line.MaxTokens is null || mine.MaxTokens <= line.MaxTokens));

    public bool RunsLow => Allowed != default && !_low.IsWithin(Unused);

    public bool HasTooMuch => !Unused.IsWithin(Allowed);

    /// <summary>Whether more than may lie unused is leased beyond what is used or stands as spent anyway.</summary>
    public bool IsOverleased => !(Leased - BudgetAmount.Max(Used, Closed)).IsWithin(Allowed);

    public bool IsOverdrawn => !Used.IsWithin(Leased);

    public void Enter(BudgetClaim claim, long timestamp)
    {
        Claims++;
        Version++;
        IsReturned = false;
        Expires = Math.Max(Expires, claim.Expires.UtcTicks);
        LastUse = timestamp;
        _asked += claim.Amount;
        _calls++;
    }

    /// <summary>Keeps what is used and a part of the rest; the other part can't be spent any more.</summary>
    public void Freeze(BudgetAmount rest)
    {
        Leased = Used + BudgetAmount.Min(rest, BudgetAmount.Max(default, Unused));
        Version++;
    }

    /// <summary>Gives back all that isn't used.</summary>
    public void Return()
    {
        Freeze(default);
        Allowed = default;
        IsReturned = true;
        Returns++;
    }

    /// <summary>Makes slices larger while they don't last a tenth of a second, and smaller when they last long.</summary>
    public void Renewed(TimeSpan sinceLast, long timestamp, int least)
    {
        Calls = sinceLast < TimeSpan.FromMilliseconds(100) ? Math.Min(Math.Max(Calls, least) * 4, 1 << 20)
            : sinceLast > TimeSpan.FromSeconds(2) ? Math.Max(Calls / 2, least)
            : Math.Max(Calls, least);
        LastRenewal = timestamp;
        _asked = default;
        _calls = 0;
    }

    /// <summary>Goes on under another id: what was leased by the old one stands as spent in the database.</summary>
    public void Close(BudgetAmount leased, Guid next)
    {
        Closed = leased;
        Id = next;
        IsLeased = false;
    }
}
