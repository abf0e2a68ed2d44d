namespace Magsag.Cli;

/// <summary>How a case of a JUnit report ended.</summary>
internal enum JUnitResult
{
    Passed,
    Failure,
    Error,
}
