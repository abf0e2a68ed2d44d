using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Magsag.Gating.Tests.Fuzzing;

/// <summary>Gives a reader one mutated input after the other; the first that ends in another error than the reader documents fails the test, with how to see it again.</summary>
internal static class FuzzRounds
{
    /// <summary>How many inputs each reader gets: <c>MAGSAG_FUZZ_ROUNDS</c>; when it isn't set, as many as fit into five seconds, up to 5,000.</summary>
    public static int Count { get; } = NumberOf("MAGSAG_FUZZ_ROUNDS") ?? 5000;

    // Eleven readers: not quite a minute together.
    private static TimeSpan Limit { get; } = NumberOf("MAGSAG_FUZZ_ROUNDS") is null ? TimeSpan.FromSeconds(5) : Timeout.InfiniteTimeSpan;

    /// <summary>Where the seeds of the rounds begin: <c>MAGSAG_FUZZ_SEED</c>, another one each time when it isn't set.</summary>
    public static int FirstSeed { get; } = NumberOf("MAGSAG_FUZZ_SEED") ?? Environment.TickCount & 0x3FFFFFFF;

    /// <summary>Reads each input; tells the seeds by <paramref name="tell"/>.</summary>
    public static void Run(string reader, IReadOnlyList<string> seeds, Action<byte[]> read, Func<Exception, bool> isDocumented, Action<string> tell)
    {
        byte[][] valid = [.. seeds.Select(Encoding.UTF8.GetBytes)];
        foreach (byte[] seed in valid)
        {
            read(seed);
        }

        int refused = 0, round = 0;
        long start = Stopwatch.GetTimestamp();
        for (; round < Count && (Limit < TimeSpan.Zero || Stopwatch.GetElapsedTime(start) < Limit); round++)
        {
            int seed = unchecked(FirstSeed + round);
            byte[] input = new Mutator(valid, seed).Next();
            try
            {
                read(input);
            }
            catch (Exception error) when (isDocumented(error))
            {
                refused++;
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"{reader} ends in {error.GetType().Name}: {error.Message} Seen again by MAGSAG_FUZZ_SEED={seed} MAGSAG_FUZZ_ROUNDS=1. The input in base64: {Convert.ToBase64String(input)}", error);
            }
        }

        tell($"{reader}: {round} inputs from seed {FirstSeed}, {refused} refused, {round - refused} read.");
    }

    private static int? NumberOf(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
