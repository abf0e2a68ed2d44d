using Magsag.Storage.Search;

namespace Magsag.Storage.Tests.Search;

public sealed class SearchQueryTests
{
    [Theory]
    [InlineData("nosuch:field", "There is no field 'nosuch'; expected one of agent, batch,")]
    [InlineData("agnet:triage", "There is no field 'agnet';")]
    [InlineData("Agent:triage", "There is no field 'Agent';")]
    [InlineData("-nosuch:field", "There is no field 'nosuch';")]
    [InlineData("nosuch:", "There is no field 'nosuch';")]
    [InlineData("refund nosuch:\"two words\"", "There is no field 'nosuch';")]
    [InlineData("cost:>1", "There is no field 'cost';")]
    public void A_field_that_doesnt_exist_is_named_with_those_that_do(string text, string says)
    {
        var error = Assert.Throws<ArgumentException>(() => SearchQuery.Parse(text));

        Assert.StartsWith(says, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Quotes around it search for the words.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("src/Triage.cs:42")]
    [InlineData("Triage.cs:42")]
    [InlineData("https://example.org")]
    [InlineData("12:30")]
    [InlineData("Desk::Triage")]
    [InlineData("C:\\src")]
    [InlineData("\"nosuch:field\"")]
    [InlineData("support-desk:eu")]
    public void What_only_has_a_colon_in_it_is_searched_for_by_its_words(string text) =>
        Assert.Null(Assert.Single(SearchQuery.Parse(text)).Field);

    [Fact]
    public void More_words_than_a_database_can_nest_are_refused()
    {
        Assert.Equal(100, SearchQuery.Parse(string.Join(' ', Enumerable.Repeat("word", 100))).Count);
        foreach (string text in (string[])[string.Join(' ', Enumerable.Repeat("word", 1000)), $"\"{string.Join(' ', Enumerable.Repeat("word", 1000))}\"", string.Join(' ', Enumerable.Repeat("cost_usd", 1000))])
        {
            Assert.StartsWith("The search has 1000 words; expected 100 at most.", Assert.Throws<ArgumentException>(() => SearchQuery.Parse(text)).Message, StringComparison.Ordinal);
        }

        Assert.StartsWith("The search has 100000 letters; expected 10000 at most.", Assert.Throws<ArgumentException>(() => SearchQuery.Parse(new string('x', 100_000))).Message, StringComparison.Ordinal);
    }
}
