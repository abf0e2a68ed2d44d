namespace Magsag.Runtime.Monitoring;

/// <summary>A cost while it grows, from many threads.</summary>
internal sealed class RunningCost
{
    private readonly Lock _gate = new();
    private decimal _usd;

    public decimal Usd
    {
        get
        {
            lock (_gate)
            {
                return _usd;
            }
        }
    }

    /// <summary>Adds an amount and gives the sums before and after it; no two calls get overlapping ones.</summary>
    public (decimal Before, decimal After) Add(decimal usd)
    {
        lock (_gate)
        {
            decimal before = _usd;
            return (before, _usd += usd);
        }
    }
}
