namespace Magsag.Pricing.Listings;

/// <summary>A price catalogue says something that can't be: names the file and the line, what was found and what was expected.</summary>
public sealed class PriceFormatException : FormatException
{
    /// <summary>Makes the error for one line of one file.</summary>
    /// <param name="file">The file, or what stands for it.</param>
    /// <param name="line">The line, counted from 1, or 0 when the whole file is meant.</param>
    /// <param name="problem">What was found, what was expected and what to do.</param>
    public PriceFormatException(string file, int line, string problem)
        : base(line > 0 ? $"{file}({line}): {problem}" : $"{file}: {problem}")
    {
        File = file;
        Line = line;
        Problem = problem;
    }

    /// <summary>The file that can't be read.</summary>
    public string File { get; }

    /// <summary>The line, counted from 1, or 0 when the whole file is meant.</summary>
    public int Line { get; }

    /// <summary>What was found, what was expected and what to do, without the place.</summary>
    public string Problem { get; }
}
