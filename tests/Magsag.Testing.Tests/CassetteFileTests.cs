using System.Text;

namespace Magsag.Testing.Tests;

public sealed class CassetteFileTests
{
    private static readonly CassetteEntry First = Entry("aaaa", "one\ntwo");
    private static readonly CassetteEntry Second = Entry("bbbb", "three");

    [Fact]
    public void A_file_says_what_was_written_with_line_ends_of_any_checkout()
    {
        string text = Encoding.UTF8.GetString(CassetteFile.ToBytes([Second, First]));

        Assert.Contains("\"$lines\": [", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        Assert.Equal(text, Encoding.UTF8.GetString(CassetteFile.ToBytes(CassetteFile.Parse("a.json", Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal))))));
        Assert.Equal(text, Encoding.UTF8.GetString(CassetteFile.ToBytes(CassetteFile.Parse("a.json", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]))));
    }

    [Fact]
    public void Calls_that_two_branches_added_are_all_there_after_a_merge()
    {
        // What git's union leaves: both sides' lines, one after the other, and a call that both have.
        string merged = """{ "magsag_cassette": 1, "calls": [ CALL1, CALL2, CALL1, ] }"""
            .Replace("CALL1", Json(First), StringComparison.Ordinal).Replace("CALL2", Json(Second), StringComparison.Ordinal);

        Assert.Equal(CassetteFile.ToBytes([First, Second]), CassetteFile.ToBytes(CassetteFile.Parse("a.json", Encoding.UTF8.GetBytes(merged))));
    }

    [Theory]
    [InlineData("{", 1)]
    [InlineData("{\"magsag_cassette\": 2, \"calls\": []}", 1)]
    [InlineData("{\"magsag_cassette\": 1, \"calls\": [{\"key\": \"a\"}]}", 0)]
    [InlineData("{\n<<<<<<< HEAD\n", 2)]
    [InlineData("{\"magsag_cassette\": 1, \"magsag_cassette\": 1, \"calls\": []}", 0)]
    public void What_is_no_cassette_is_refused_with_its_line_and_a_remedy(string text, int line)
    {
        UnreadableInputException error = Assert.Throws<UnreadableInputException>(() => CassetteFile.Parse("a.json", Encoding.UTF8.GetBytes(text)));

        Assert.Equal(("a.json", line), (error.File, error.Line));
        Assert.Contains("record again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_nested_too_deeply_is_refused() =>
        Assert.Throws<UnreadableInputException>(static () => CassetteFile.Parse("a.json", Encoding.UTF8.GetBytes("{\"magsag_cassette\": 1, \"calls\": " + new string('[', 100_000))));

    [Theory]
    [InlineData("TriageTests.Refund_is_found", "TriageTests.Refund_is_found")]
    [InlineData("../../etc/passwd", "_.._etc_passwd")]
    [InlineData("C:\\x", "C__x")]
    [InlineData("con", "con")]
    [InlineData("", "")]
    public void A_name_can_not_leave_the_folder(string name, string start)
    {
        string clean = CassetteFileName.Clean(name);

        Assert.Equal(clean, Path.GetFileName(clean));
        Assert.True(clean == start || clean.Contains(start, StringComparison.Ordinal));
        Assert.NotEqual("con", clean);
        Assert.NotEmpty(clean);
    }

    [Fact]
    public void Long_names_stay_apart_and_fit_a_file_system()
    {
        string longName = new('é', 500);

        Assert.True(Encoding.UTF8.GetByteCount(CassetteFileName.Clean(longName) + ".json") < 150);
        Assert.NotEqual(CassetteFileName.Clean(longName + "a"), CassetteFileName.Clean(longName + "b"));
    }

    [Fact]
    public void Names_that_differ_in_case_only_have_files_that_differ_in_more()
    {
        using var runs = new RunsDirectory();
        File.WriteAllText(CassetteFileName.PathOf(runs.Notes, "Tests.foo"), "");

        string other = CassetteFileName.PathOf(runs.Notes, "Tests.Foo");

        Assert.Equal($"Tests.Foo.{CassetteFileName.HashOf("Tests.Foo")}.json", Path.GetFileName(other));
        Assert.Equal("Tests.foo.json", Path.GetFileName(CassetteFileName.PathOf(runs.Notes, "Tests.foo")));
    }

    private static string Json(CassetteEntry entry) => JsonNode.Parse(CassetteFile.ToBytes([entry]))!["calls"]![0]!.ToJsonString();

    private static CassetteEntry Entry(string key, string text) => new(
        key,
        1,
        "chat",
        new JsonObject { ["operation"] = "chat", ["model"] = "gpt-4o-mini", ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["parts"] = new JsonArray(new JsonObject { ["text"] = text }) }) },
        200,
        new JsonObject { ["model"] = "gpt-4o-mini", ["$odd"] = "x" });
}
