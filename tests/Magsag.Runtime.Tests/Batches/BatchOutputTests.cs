using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Runtime.Batches;

namespace Magsag.Runtime.Tests;

public sealed class BatchOutputTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Demand_30_the_lines_of_an_expired_batch_are_billed_once_each()
    {
        const string Answer = """{"id":"b1","custom_id":"req-1","response":{"status_code":200,"body":{"model":"gpt-4o","usage":{"prompt_tokens":1000,"completion_tokens":100}}},"error":null}""";
        const string Expired = """{"id":"b2","custom_id":"req-2","response":null,"error":{"code":"batch_expired"}}""";
        IReadOnlyList<BatchLine> lines = Read(Answer, Expired, Answer);

        Cost cost = lines.Aggregate(default(Cost), static (sum, line) => sum + PriceCatalog.Embedded.Price(new BilledCall(line.Usage.Model!, line.Usage.Usage, new PriceTerms(DateTimeOffset.UnixEpoch, Batch: true))));

        Assert.Equal(Cost.Money(0.00175m), cost);
    }

    [Fact]
    public void Anthropics_results_name_the_batch_tier_themselves()
    {
        BatchLine line = Assert.Single(Read(
            """{"custom_id":"a","result":{"type":"succeeded","message":{"model":"claude-sonnet-4-5","usage":{"input_tokens":1000,"output_tokens":100,"cache_read_input_tokens":0,"service_tier":"batch"}}}}""",
            """{"custom_id":"b","result":{"type":"errored","error":{}}}"""));

        Assert.Equal(0.00225m, PriceCatalog.Embedded.Price(new BilledCall(line.Usage.Model!, line.Usage.Usage, new PriceTerms(DateTimeOffset.UnixEpoch, line.Usage.ServiceTier))).Amount);
    }

    [Fact]
    public void A_torn_line_is_named() => Assert.Equal(2, Assert.Throws<UnreadableInputException>(() => Read("""{"custom_id":"a"}""", """{"custom_id":""")).Line);

    private IReadOnlyList<BatchLine> Read(params string[] lines)
    {
        File.WriteAllLines(_directory.File("output.jsonl"), lines);
        return BatchOutput.Read(_directory.File("output.jsonl"));
    }
}
