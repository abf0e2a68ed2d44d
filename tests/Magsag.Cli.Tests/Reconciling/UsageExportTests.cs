using Magsag.Cli.Reconciling;
using Magsag.Storage.Reconciling;

namespace Magsag.Cli.Tests.Reconciling;

/// <summary>The exports that providers document, in small.</summary>
public sealed class UsageExportTests : IDisposable
{
    private static readonly DateOnly Monday = new(2026, 11, 23);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    // developers.openai.com, usage completions: the example of the page, with the members of 2026.
    [Fact]
    public void OpenAI_usage_is_read_with_calls_cache_and_tiers()
    {
        ProviderCount count = Assert.Single(Read("""
            { "object": "page", "has_more": false, "next_page": null, "data": [ { "object": "bucket", "start_time": 1795392000, "end_time": 1795478400, "results": [
              { "object": "organization.usage.completions.result", "input_tokens": 1000, "output_tokens": 500, "input_cached_tokens": 800, "input_cache_write_tokens": 20, "num_model_requests": 5,
                "project_id": null, "user_id": null, "api_key_id": null, "model": "gpt-4o-mini-2024-07-18", "batch": true, "service_tier": "default" } ] } ] }
            """).Counts);

        Assert.Equal((Monday, "gpt-4o-mini-2024-07-18", 5L, null), (count.Day, count.Model, count.Calls, count.CostUsd));
        Assert.Equal((1000L, 800L, 20L, 500L), (count.InputTokens, count.CachedInputTokens, count.CacheWriteTokens, count.OutputTokens));
        Assert.Equal(["batch"], count.Tiers);
    }

    [Fact]
    public void OpenAI_usage_as_csv_has_a_row_for_each_key_and_empty_rows_for_quiet_minutes()
    {
        UsageExport export = Read("""
            start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,model,batch,input_tokens,output_tokens,input_cached_tokens,input_uncached_tokens
            1795392000,1795392060,2026-11-23T00:00:00+00:00,2026-11-23T00:01:00+00:00,p,3.0,gpt-4o-2024-08-06,False,4212,1673,1280,2932
            1795392060,1795392120,2026-11-23T00:01:00+00:00,2026-11-23T00:02:00+00:00,,,,,,,,
            """);

        Assert.Equal((3L, 4212L, 1280L), (Assert.Single(export.Counts).Calls, export.Counts[0].InputTokens, export.Counts[0].CachedInputTokens));
        Assert.Contains("1 of 2 rows", Assert.Single(export.Notes));
    }

    [Fact]
    public void OpenAI_costs_are_by_line_item_whose_first_part_is_the_model()
    {
        ProviderCount[] counts = [.. Read("""
            { "object": "page", "has_more": true, "data": [ { "object": "bucket", "start_time": 1795392000, "end_time": 1795478400, "results": [
              { "object": "organization.costs.result", "amount": { "value": 1.50, "currency": "usd" }, "line_item": "gpt-4o-2024-08-06, input" },
              { "object": "organization.costs.result", "amount": { "value": 0.003835980000000000000000000000, "currency": "usd" }, "line_item": "gpt-4o-2024-08-06, output" } ] } ] }
            """).Counts];

        Assert.Equal(["gpt-4o-2024-08-06", "gpt-4o-2024-08-06"], counts.Select(static count => count.Model));
        Assert.Equal(1.50383598m, counts.Sum(static count => count.CostUsd));
    }

    // platform.claude.com, Get Messages Usage Report: cached and written tokens stand beside the uncached ones.
    [Fact]
    public void Anthropics_usage_report_adds_the_cache_to_the_input()
    {
        ProviderCount count = Assert.Single(Read("""
            { "data": [ { "starting_at": "2026-11-23T00:00:00Z", "ending_at": "2026-11-24T00:00:00Z", "results": [
              { "uncached_input_tokens": 1500, "cache_creation": { "ephemeral_1h_input_tokens": 1000, "ephemeral_5m_input_tokens": 500 }, "cache_read_input_tokens": 200, "output_tokens": 700,
                "server_tool_use": { "web_search_requests": 10 }, "api_key_id": null, "workspace_id": null, "model": "claude-sonnet-4-5-20250929", "service_tier": "standard", "context_window": "0-200k", "inference_geo": "us" } ] } ], "has_more": false, "next_page": null }
            """).Counts);

        Assert.Equal((3200L, 200L, 1500L, 700L, null), (count.InputTokens, count.CachedInputTokens, count.CacheWriteTokens, count.OutputTokens, count.Calls));
        Assert.Equal(["region us"], count.Tiers);
    }

    // "Cost amount in lowest currency units (e.g. cents) as a decimal string. For example, "123.45" in "USD" represents $1.23."
    [Fact]
    public void Anthropics_cost_report_is_in_cents()
    {
        ProviderCount[] counts = [.. Read("""
            { "data": [ { "starting_at": "2026-11-23T00:00:00Z", "ending_at": "2026-11-24T00:00:00Z", "results": [
              { "currency": "USD", "amount": "123.45", "cost_type": "tokens", "description": "Claude Sonnet 4.5 Usage - Input Tokens", "model": "claude-sonnet-4-5-20250929", "service_tier": "batch", "token_type": "uncached_input_tokens" },
              { "currency": "USD", "amount": "10", "cost_type": "web_search", "description": "Web Search Usage", "model": null } ] } ], "has_more": false }
            """).Counts];

        Assert.Equal([("claude-sonnet-4-5-20250929", 1.2345m), ("web_search", 0.1m)], counts.Select(static count => (count.Model, count.CostUsd!.Value)));
        Assert.Equal(["batch"], counts[0].Tiers);
    }

    [Fact]
    public void The_Consoles_usage_and_costs_are_read()
    {
        ProviderCount usage = Assert.Single(Read("""
            usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count,inference_geo,speed
            2026-11-23,claude-haiku-4-5-20251001,key,Default,standard,≤ 200k,100000,10,20,5000,700,0,global,
            """).Counts);
        ProviderCount cost = Assert.Single(Read("""
            usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type,inference_geo,speed
            2026-11-23,Claude Haiku 4.5,Default,key,message,≤ 200k,input_no_cache,0.13,0.13,token,not_available,
            """).Counts);

        Assert.Equal((105_030L, 5000L, 30L, 700L), (usage.InputTokens, usage.CachedInputTokens, usage.CacheWriteTokens, usage.OutputTokens));
        Assert.Equal(("Claude Haiku 4.5", 0.13m, 0.005m), (cost.Model, cost.CostUsd!.Value, cost.RoundingUsd));
        Assert.Empty((string[])[.. usage.Tiers, .. cost.Tiers]);
    }

    // learn.microsoft.com, cost and usage details; meters of the public price list.
    [Theory]
    [InlineData("gpt-4o-mini-0718-Inp-glbl Tokens", "1K", "gpt-4o-mini-0718", 2500, null, null, "")]
    [InlineData("gpt 4o 1120 cached Inp glbl Tokens", "1K", "gpt-4o-1120", 2500, 2500, null, "")]
    [InlineData("gpt-4o-0806-Outp-regnl Tokens", "1K", "gpt-4o-0806", null, null, 2500, "regional")]
    [InlineData("5.4 opt Dz 1M Tokens", "1M", "gpt-5.4", null, null, 2_500_000, "data zone")]
    [InlineData("text-embedding-3-small-glbl Tokens", "1K", "text-embedding-3-small", 2500, null, null, "")]
    [InlineData("gpt 4.1 mini Batch Inp glbl Tokens", "1K", "gpt-4.1-mini", 2500, null, null, "batch")]
    public void Azures_meters_name_model_kind_and_tier(string meter, string unit, string model, int? input, int? cached, int? output, string tiers)
    {
        ProviderCount count = Assert.Single(Read($"""
            SubscriptionName,Date,MeterCategory,MeterName,UnitOfMeasure,Quantity,CostInBillingCurrency,BillingCurrencyCode
            prod,11/23/2026,Cognitive Services,{meter},{unit},2.5,0.000375,USD
            """).Counts);

        Assert.Equal((Monday, model, (long?)input, (long?)cached, (long?)output, 0.000375m), (count.Day, count.Model, count.InputTokens, count.CachedInputTokens, count.OutputTokens, count.CostUsd!.Value));
        Assert.Equal(tiers, string.Join(",", count.Tiers));
    }

    [Fact]
    public void Azures_list_of_usage_details_is_read_and_a_bill_in_euros_has_no_dollars()
    {
        UsageExport export = Read("""
            { "value": [
              { "name": "a", "properties": { "date": "2026-11-23T00:00:00.0000000Z", "meterDetails": { "meterName": "gpt-4o-0806-Inp-glbl Tokens", "unitOfMeasure": "1K" }, "quantity": 4, "cost": 0.01, "billingCurrency": "EUR" } },
              { "name": "b", "properties": { "date": "2026-11-23T00:00:00.0000000Z", "meterDetails": { "meterName": "Hot LRS Data Stored", "unitOfMeasure": "1 GB" }, "quantity": 4, "cost": 0.01, "billingCurrency": "EUR" } } ] }
            """);

        Assert.Equal((4000L, null), (Assert.Single(export.Counts).InputTokens, export.Counts[0].CostUsd));
    }

    [Theory]
    [InlineData("", "The file is empty; expected the CSV or JSON of a usage export.")]
    [InlineData("hello\nworld\n", "The file isn't a usage export that is known; its columns are hello. Expected OpenAI's usage (starttime, nummodelrequests, inputtokens)")]
    [InlineData("{ \"data\": [ { \"start_time\": 1795392000, \"end_time\": 1795478400, \"results\": [ { \"input_tokens\": 1, \"num_model_requests\": 1, \"model\": null } ] } ] }", "OpenAI's usage without 'model'. Ask for it with group_by=model")]
    [InlineData("{ \"data\": [ 3 ] }", "Expected objects with the figures of a usage report, found 3.")]
    [InlineData("{ \"data\": [ { \"start_time\": 1795410000, \"end_time\": 1795496400, \"results\": [ { \"input_tokens\": 1, \"num_model_requests\": 1, \"model\": \"m\" } ] } ] }", "The bucket from 2026-11-23 05:00 UTC to 2026-11-24 05:00 UTC doesn't lie in one day of UTC")]
    [InlineData("usage_date_utc,model_version,usage_input_tokens_no_cache,usage_output_tokens\n2026-11-23,claude-opus-5,-5,1\n", "'usage_input_tokens_no_cache' is '-5'; expected a whole number, 0 or more.")]
    [InlineData("usage_date_utc,model_version,usage_input_tokens_no_cache,usage_output_tokens\n23.11.,claude-opus-5,5,1\n", "'usage_date_utc' is '23.11.'; expected a time")]
    [InlineData("usage_date_utc,model_version,usage_input_tokens_no_cache,usage_output_tokens\n2026-11-23,claude-opus-5,5\n", "The row has 3 cells, the header 4 columns")]
    [InlineData("usage_date_utc,model_version,usage_input_tokens_no_cache,usage_output_tokens\n2026-11-23,\"claude-opus-5,5,1\n", "The line isn't CSV: a quote isn't closed")]
    [InlineData("usage_date_utc,usage_date_utc,cost_usd\n2026-11-23,2026-11-23,1\n", "The column 'usage_date_utc' stands twice")]
    [InlineData("Date,MeterName,UnitOfMeasure,Quantity\n2026-11-23,Hot LRS Data Stored,1 GB,2\n", "Azure's cost and usage details without a row of language models (1 rows).")]
    public void What_is_no_usable_export_is_refused_with_what_was_expected(string content, string message) =>
        Assert.StartsWith(message, Assert.Throws<Magsag.Ledger.Files.UnreadableInputException>(() => Read(content)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_figure_in_a_column_that_is_not_known_is_named() => Assert.Equal(
        "export: usage_input_tokens_cache_write_24h isn't a column that is known, and isn't in the figures.",
        Assert.Single(Read("""
            usage_date_utc,model_version,usage_input_tokens_no_cache,usage_output_tokens,usage_input_tokens_cache_write_24h
            2026-11-23,claude-opus-5,5,1,77
            """).Notes));

    private UsageExport Read(string content)
    {
        File.WriteAllText(_directory.File("export"), content);
        return UsageExport.Read(_directory.File("export"));
    }
}
