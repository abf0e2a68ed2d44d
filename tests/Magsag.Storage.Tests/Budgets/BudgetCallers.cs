using System.Globalization;

namespace Magsag.Storage.Tests;

/// <summary>Eight processes with sixty-four callers each and clocks that differ by years, which begin a round together.</summary>
internal sealed class BudgetCallers(string kind, string address, decimal limit, string directory) : IDisposable
{
    private const int Processes = 8;

    // Early enough that even a process that gets little of the limit comes to it: its callers pass it together.
    private const int LatestDeath = 60;

    private static readonly int[] DaysAhead = [0, 0, 0, 0, 0, 1, 1000, -3];

    private readonly CallerProcess?[] _processes = new CallerProcess?[Processes];
    private int _started;

    /// <summary>Lets all spend until the account's limit is used up; one that killed itself is started again and finishes the round.</summary>
    /// <param name="account">The account.</param>
    /// <param name="seed">Decides what happens.</param>
    /// <param name="deaths">How many processes kill themselves.</param>
    /// <returns>What was billed, and how many processes killed themselves.</returns>
    public async Task<(decimal Billed, int Killed)> SpendAsync(string account, int seed, int deaths)
    {
        for (int index = 0; index < Processes; index++)
        {
            _processes[index] ??= Start(index);
        }

        await Task.WhenAll(_processes.Select(static process => process!.ReadyAsync()));
        var random = new Random(seed);
        int[] untilDeath = [.. Enumerable.Range(0, Processes).Select(index => index < deaths ? random.Next(1, LatestDeath + 1) : 0)];
        random.Shuffle(untilDeath);
        bool[] finished = await Task.WhenAll(Enumerable.Range(0, Processes).Select(index => SpendAsync(index, account, seed + (100 * index), untilDeath[index])));
        decimal billed = Directory.GetFiles(directory, "*.bills")
            .SelectMany(File.ReadAllLines)
            .Select(static line => line.Split(' '))
            .Where(bill => bill[0] == account)
            .Sum(static bill => decimal.Parse(bill[1], CultureInfo.InvariantCulture));
        return (billed, finished.Count(static survived => !survived));
    }

    public void Dispose()
    {
        foreach (CallerProcess? process in _processes)
        {
            process?.Dispose();
        }
    }

    private async Task<bool> SpendAsync(int index, string account, int seed, int untilDeath)
    {
        if (await _processes[index]!.SpendAsync(account, seed, untilDeath))
        {
            return true;
        }

        _processes[index]!.Dispose();
        CallerProcess next = _processes[index] = Start(index);
        await next.ReadyAsync();
        Assert.True(await next.SpendAsync(account, seed + 1000, untilDeath: 0));
        return false;
    }

    private CallerProcess Start(int index) =>
        new(kind, address, limit.ToString(CultureInfo.InvariantCulture), Path.Combine(directory, $"{Interlocked.Increment(ref _started)}.bills"), DaysAhead[index].ToString(CultureInfo.InvariantCulture));
}
