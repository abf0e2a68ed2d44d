namespace Magsag.Cli.Flow.Verdicts;

/// <summary>How a case of a JUnit report ended.</summary>
internal enum JUnitResult
{
    Passed,
    Failure,
    Error,
}
