namespace Magsag.Gating.Tests.Fuzzing;

/// <summary>Valid inputs of each reader.</summary>
internal static class FuzzSeeds
{
    public const string Baseline = """
        {
          "schema": 1,
          "entries": [
            {"test":"A.One","agent":"triage","site":"T/Tests.cs","member":"A.One","operation":"chat","provider":"openai","model":"gpt-4o-mini","calls":1,"input_tokens":1000,"cached_input_tokens":10,"output_tokens":5,"reasoning_tokens":1,"cost_usd":0.000153},
            {"test":"A.Two","site":"T/Tests.cs","operation":"chat","provider":"anthropic","model":"nosuch","service_tier":"flex","region":"eu","batch":true,"context_tier":200000,"calls":2,"unmetered_calls":1,"unpriced_calls":1,"unpriced_tokens":7,"estimated_calls":1,"input_tokens":1000,"cache_write_tokens":4,"cache_write_1h_tokens":2,"output_tokens":5,"input_audio_tokens":3,"cost_usd":0}
          ]
        }
        """;

    public const string Summary = """
        {
          "v": 1, "run_id": "r", "total_cost_usd": 0.000531, "cost_kind": "money", "calls": 30, "input_tokens": 2895, "output_tokens": 705, "total_tokens": 3600, "unpriced_calls": 0,
          "cache_hits": 2, "avoided_usd": 0.1, "failed_calls": 6, "corrections": 1, "corrections_usd": -0.0001, "runs": 5, "successful_tasks": 3, "coverage": 1,
          "from": "2026-11-23T20:00:32.0447217Z", "to": "2026-11-23T20:29:32Z", "torn_lines": 0,
          "model_stats": [ {"model":"gpt-4o-mini","total_tokens":2904,"calls":24,"input_tokens":2328,"output_tokens":576,"cost_usd":0.0004248} ],
          "agent_stats": [ {"agent":"answer","calls":10,"input_tokens":965,"output_tokens":235,"cost_usd":0.000177} ],
          "customer_stats": [ {"customer":"c0","calls":10,"input_tokens":965,"output_tokens":235,"cost_usd":0.000177} ],
          "entries": [ {"test":"A.One","agent":"answer","site":"T/Tests.cs","member":"A.One","operation":"chat","provider":"openai","model":"gpt-4o-mini","line":12,"calls":24,"input_tokens":2328,"output_tokens":576,"web_searches":1,"cost_usd":0.0004248} ],
          "spend": [ {"start":"2026-11-23T20:00:00Z","run_id":"r","agent":"answer","model":"gpt-4o-mini","customer":"c0","billing_tier":"pro","tags":{"team":"x"},"calls":24,"tokens":2904,"cost_usd":0.0004248,"calls_of_unknown_cost":1,"estimated_calls":1} ]
        }
        """;

    public const string Policy = """
        schema: 1
        time_zone: Europe/Berlin
        teams:
          growth: ["offer-*", triage]
        policies:
          - name: total_budget_limits
            description: Everything together
            limits:
              max_cost_per_day_usd: 1
              rolling_windows:
                - { window: 1h, max_cost_usd: 60.0, max_calls: 20000 }
          - name: agent_budget_limits
            limits:
              default:
                max_cost_per_run_usd: 0.5
                max_tokens_per_run: 200000
              "support-*":
                max_cost_per_month_usd: unlimited
                allowed_models: [gpt-4o-mini, "gpt-4.1-*"]
              triage: { inherit: false, max_calls_per_day: 200, warn_cost_per_run_usd: 1.5 }
          - name: model_budget_limits
            limits:
              gpt-4o: { max_daily_spend_usd: 100.0, require_approval: true }
          - name: billing_tier_budget_limits
            limits:
              free: { per_customer: true, max_cost_per_day_usd: 0.10 }
          - name: regression_thresholds
            thresholds:
              total: { max_increase_percent: 50, min_increase_usd: 0.001 }
              tests: { A.One: { max_increase_percent: 5 } }
        """;

    public const string MinimalPolicy = "schema: 1\npolicies:\n  - name: total_budget_limits\n    limits:\n      max_cost_per_day_usd: 1\n";

    public const string Prices = """
        version: 1
        deployments:
          support-prod: gpt-4o-mini
        models:
          - provider: openai
            model: gpt-4o
            source: "invoice 7"
            checked: true
            uplifts: { eu: 1.1 }
            retired: 2027-01-01
            successor: gpt-5
            prices:
              - input: 2.5
                cached_input: 1.25
                output: 10
                batch: { input: 1.25, output: 5 }
                tiers: [{ over: 200000, input: 5 }]
              - from: 2026-12-01
                hours_utc: 00:30-16:30
                input: 3
                output: 12
          - { provider: acme, model: large, also: [big], mode: chat, context_window: 1000, max_output_tokens: 100, currency: USD, prices: [{ input: 1, graduated: true, tiers: [{ over: 5, input: 0.5 }] }] }
          - { provider: anthropic, model: claude-3-5-haiku-20241022, discount_percent: 10 }
        """;

    public const string LedgerLines = """
        {"v":1,"kind":"session","id":"01a20a34-e6c9-708a-8aba-5998b67f459c","ts":"2026-11-23T20:59:28.8415243Z","assembly":"Desk.Tests","framework":"net10.0","modules":{"Desk":"98bcd4fd-3d14-40a2-9795-d3ba8e19ecd9"}}
        {"v":1,"id":"01a20a34-f34c-7937-901d-000000000000","ts":"2026-11-23T20:00:32.0447217Z","run_id":"run-0","agent":"triage","customer":"c0","billing_tier":"pro","tags":{"feature":"search"},"provider":"openai","model":"gpt-4o-mini","requested_model":"gpt-4o-mini","operation":"chat","outcome":"ok","input_tokens":82,"cached_input_tokens":10,"output_tokens":9,"reasoning_tokens":2,"usage_source":"reported","cost_usd":1.77e-05,"price_id":"openai/gpt-4o-mini","duration_ms":21.135,"test":"Desk.Tests.T0","site":"src/Desk/Triage.cs:20","member":"Desk.Triage.ClassifyAsync"}

        """;

    public const string Catalogue = """
        # Prices.
        format 1

        provider anthropic
          batch 0.5

          model claude-2
            also claude-2.1
            context 200000
            output 8191
            retired 2025-07-21
            successor claude-9
            note Read twice.
            price source genai-prices 2026-08-21
              standard in 8 out 24

          model claude-9
            price source list 2026-08-21
              standard in 0.8 cached 0.08 write 1 write1h 1.6 out 4 search 10
              standard over 200000 in 1.6 out 8
              batch in 0.4 out 2
            price from 2026-12-01 source list 2026-08-21
              standard in 1 out 5

        """;
}
