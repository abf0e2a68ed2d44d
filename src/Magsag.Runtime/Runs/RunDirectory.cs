using System.Security.Cryptography;
using System.Text;

namespace Magsag.Runtime.Runs;

/// <summary>Where the files of a run stand: <c>agents/&lt;RUN_ID&gt;</c>.</summary>
internal static class RunDirectory
{
    public static string PathOf(string runsDirectory, string run) => Path.Combine(runsDirectory, "agents", NameOf(run));

    /// <summary>A run id as a directory name that can't leave the runs directory; two ids never share one.</summary>
    private static string NameOf(string run)
    {
        const int Longest = 100;
        bool safe = run.Length is > 0 and <= Longest && run[0] != '.' && run.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
        if (safe)
        {
            return run;
        }

        string readable = new([.. run.Take(Longest / 2).Select(static letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_')]);
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(run)))[..12];
        return $"{readable}~{hash}";
    }
}
