namespace Magsag.Testing;

/// <summary>How cassettes are used.</summary>
public enum CassetteMode
{
    /// <summary>Calls are replayed. One that isn't recorded fails, and so does one whose prompt has changed. The default in CI and without a key.</summary>
    Strict,

    /// <summary>As <see cref="Strict"/>, but a call whose prompt has changed gets the recorded answer, and its input tokens are counted anew: for tests of cost, not of texts.</summary>
    Drift,

    /// <summary>Calls of tests that have no recording yet are made and recorded. A changed prompt fails as in <see cref="Strict"/>: it isn't silently paid for again. The default at a desk with a key.</summary>
    Missing,

    /// <summary>All calls are made, and replace what was recorded.</summary>
    Record,

    /// <summary>All calls are made, and nothing is recorded.</summary>
    Live,
}
