namespace Magsag.Testing.Tests;

public sealed class CassetteHostTests
{
    [Theory]
    [InlineData(null, false, null, true, CassetteMode.Missing)]
    [InlineData(null, false, null, false, CassetteMode.Strict)]
    [InlineData(null, true, null, true, CassetteMode.Strict)]
    [InlineData("missing", true, null, true, CassetteMode.Strict)]
    [InlineData("record", true, null, true, CassetteMode.Record)]
    [InlineData("Live", true, null, true, CassetteMode.Live)]
    [InlineData("drift", true, null, false, CassetteMode.Drift)]
    [InlineData(null, true, CassetteMode.Record, true, CassetteMode.Strict)]
    [InlineData(null, true, CassetteMode.Live, true, CassetteMode.Strict)]
    [InlineData(null, true, CassetteMode.Drift, false, CassetteMode.Drift)]
    [InlineData(null, false, CassetteMode.Record, true, CassetteMode.Record)]
    [InlineData("record", false, CassetteMode.Drift, true, CassetteMode.Drift)]
    [InlineData("missing", false, null, false, CassetteMode.Strict)]
    public void The_mode_follows_the_variable_the_code_the_server_and_the_key(string? variable, bool ci, CassetteMode? chosen, bool hasKey, CassetteMode expected) =>
        Assert.Equal(expected, new CassetteHost { Directory = "", ModeText = variable, IsCi = ci }.ModeFor(chosen, hasKey));

    [Fact]
    public void A_mode_that_there_is_not_is_an_error_that_names_those_there_are() =>
        Assert.Contains("expected strict, drift, missing, record or live", Assert.Throws<CassetteException>(static () => new CassetteHost { Directory = "", ModeText = "replay" }.ModeFor(null, true)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_build_says_where_cassettes_are_and_published_tests_have_them_beside_them()
    {
        string root = Path.GetTempPath();

        Assert.Equal(Path.Combine(root, "cassettes"), CassetteHost.Read(static _ => null, static name => name == "Magsag.CassettesDirectory" ? "../cassettes" : null, Path.Combine(root, "bin")).Directory);
        Assert.Equal(Path.Combine("/app", "cassettes"), CassetteHost.Read(static _ => null, static name => name == "Magsag.CassettesDirectory" ? "/build/nowhere/cassettes" : null, "/app").Directory);
    }
}
