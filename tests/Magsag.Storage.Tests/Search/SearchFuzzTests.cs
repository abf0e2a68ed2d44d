using Magsag.Gating.Tests.Fuzzing;
using System.Text;
using Magsag.Storage.Search;
using Xunit.Abstractions;

namespace Magsag.Storage.Tests.Search;

/// <summary>Whatever is typed into a search is understood or refused.</summary>
public sealed class SearchFuzzTests(ITestOutputHelper output)
{
    [Fact]
    public void Searches() => FuzzRounds.Run(
        nameof(Searches),
        ["refund agent:triage model:\"gpt 4o\" cost_usd:>0.01 -outcome:ok run_id:nightly cost_usd", "-agent:tri* input_tokens:<=500 batch:true \"drop table\" src/Triage.cs:7"],
        static content => SearchQuery.Parse(Encoding.UTF8.GetString(content)),
        static error => error is ArgumentException,
        output.WriteLine);
}
