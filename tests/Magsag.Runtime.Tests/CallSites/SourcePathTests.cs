namespace Magsag.Runtime.Tests;

public sealed class SourcePathTests
{
    [Theory]
    [InlineData("/repo", "/repo/src/Triage.cs", "src/Triage.cs")]
    [InlineData("/repo", "/_/src/Triage.cs", "src/Triage.cs")]
    [InlineData("/repo", "/_2/src/Triage.cs", "src/Triage.cs")]
    [InlineData("/repo", "/_work/src/Triage.cs", "/_work/src/Triage.cs")]
    [InlineData("/repo", "/elsewhere/Triage.cs", "/elsewhere/Triage.cs")]
    [InlineData(null, "/elsewhere/Triage.cs", "/elsewhere/Triage.cs")]
    public void A_path_is_told_relative_to_the_source_root(string? root, string path, string expected) =>
        Assert.Equal(expected, SourcePath.Below(root, path));
}
