namespace Magsag.Ledger.Files;

/// <summary>A ledger, summary, baseline, policy or price file can't be read: says where, what was found and what was expected (MAG205).</summary>
public sealed class UnreadableInputException : Exception
{
    /// <summary>Makes the error for one place of one file.</summary>
    /// <param name="file">The file that can't be read.</param>
    /// <param name="line">The line, counted from 1, or 0 when the whole file is meant.</param>
    /// <param name="problem">What was found, what was expected and what to do.</param>
    /// <param name="innerException">What the parser or the system said.</param>
    /// <param name="column">The column, counted from 1, or 0 when the whole line is meant.</param>
    public UnreadableInputException(string file, int line, string problem, Exception? innerException = null, int column = 0)
        : base(problem, innerException)
    {
        File = file;
        Line = line;
        Column = column;
    }

    /// <summary>The file that can't be read.</summary>
    public string File { get; }

    /// <summary>The line, counted from 1, or 0 when the whole file is meant.</summary>
    public int Line { get; }

    /// <summary>The column, counted from 1, or 0 when the whole line is meant.</summary>
    public int Column { get; }
}
