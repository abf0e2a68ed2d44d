using Magsag.Pricing.Tokens;
using Microsoft.ML.Tokenizers;

namespace Magsag.Analyzers.Tests;

public sealed class TokenEstimateTests
{
    private static readonly Tokenizer O200k = TiktokenTokenizer.CreateForEncoding("o200k_base");

    public static TheoryData<string, string[]> Kinds => new()
    {
        { "English", English },
        { "code", Code },
        { "JSON", Json },
        { "Chinese, Japanese and Korean", Cjk },
    };

    private static readonly string[] English =
    [
        "You are a support agent for a small shop that sells bicycles and spare parts. Answer in at most three sentences, be friendly, and never promise a refund. When you aren't sure, say so and offer to hand the customer over to a colleague.",
        "The quarterly report shows that revenue grew by twelve percent while costs stayed flat. Most of the growth came from returning customers, whose average order is a third larger than that of new ones. We expect the trend to continue through the winter.",
        "Summarise the following conversation. Keep names, dates and amounts exactly as they are. Leave out greetings and small talk. If the participants disagreed, describe both positions without taking a side, and end with a list of open questions.",
        "Although the committee had originally scheduled the hearing for Thursday, unforeseen circumstances required a postponement; nevertheless, several witnesses travelled considerable distances and were consequently reimbursed for accommodation and transportation.",
    ];

    private static readonly string[] Code =
    [
        "public sealed class OrderService(IOrderRepository repository, ILogger<OrderService> logger)\n{\n    public async Task<Order?> FindAsync(Guid id, CancellationToken cancellationToken)\n    {\n        Order? order = await repository.GetAsync(id, cancellationToken);\n        if (order is null)\n        {\n            logger.LogWarning(\"Order {Id} not found\", id);\n        }\n\n        return order;\n    }\n}\n",
        "def moving_average(values, window):\n    if window <= 0:\n        raise ValueError(\"window must be positive\")\n    total = 0.0\n    for index, value in enumerate(values):\n        total += value\n        if index >= window:\n            total -= values[index - window]\n        if index >= window - 1:\n            yield total / window\n",
        "SELECT customer_id, COUNT(*) AS orders, SUM(total_amount) AS revenue\nFROM orders\nWHERE created_at >= '2026-01-01' AND status = 'paid'\nGROUP BY customer_id\nHAVING SUM(total_amount) > 1000\nORDER BY revenue DESC\nLIMIT 50;\n",
        "const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));\n\nexport async function retry(action, attempts = 3) {\n  for (let attempt = 1; ; attempt++) {\n    try {\n      return await action();\n    } catch (error) {\n      if (attempt === attempts) throw error;\n      await sleep(2 ** attempt * 100);\n    }\n  }\n}\n",
    ];

    private static readonly string[] Json =
    [
        "{\"id\":\"ord_8f31c2\",\"customer\":{\"name\":\"Maria Silva\",\"email\":\"maria@example.com\",\"tier\":\"gold\"},\"items\":[{\"sku\":\"BK-1042\",\"quantity\":2,\"price\":349.90},{\"sku\":\"HL-220\",\"quantity\":1,\"price\":24.50}],\"total\":724.30,\"paid\":true}",
        "{\n  \"name\": \"get_weather\",\n  \"description\": \"Returns the current weather of a place\",\n  \"parameters\": {\n    \"type\": \"object\",\n    \"properties\": {\n      \"location\": { \"type\": \"string\" },\n      \"unit\": { \"type\": \"string\", \"enum\": [\"celsius\", \"fahrenheit\"] }\n    },\n    \"required\": [\"location\"]\n  }\n}\n",
        "[{\"date\":\"2026-03-01\",\"open\":101.25,\"close\":103.5,\"volume\":1840233},{\"date\":\"2026-03-02\",\"open\":103.5,\"close\":99.75,\"volume\":2210981},{\"date\":\"2026-03-03\",\"open\":99.8,\"close\":100.1,\"volume\":1530042}]",
        "{\"status\":\"error\",\"code\":429,\"message\":\"Rate limit reached for requests\",\"details\":{\"limit\":60,\"remaining\":0,\"reset_after_seconds\":12},\"request_id\":\"req_01hxyz\",\"retryable\":true,\"documentation\":null}",
    ];

    private static readonly string[] Cjk =
    [
        "\u60a8\u662f\u4e00\u5bb6\u81ea\u884c\u8f66\u5546\u5e97\u7684\u5ba2\u670d\u4eba\u5458\u3002\u8bf7\u7528\u7b80\u77ed\u53cb\u597d\u7684\u8bed\u8a00\u56de\u7b54\u987e\u5ba2\u7684\u95ee\u9898\uff0c\u4e0d\u8981\u627f\u8bfa\u9000\u6b3e\u3002\u5982\u679c\u4e0d\u786e\u5b9a\u7b54\u6848\uff0c\u8bf7\u544a\u8bc9\u987e\u5ba2\u5e76\u8f6c\u4ea4\u7ed9\u540c\u4e8b\u5904\u7406\u3002",
        "\u6b21\u306e\u6587\u7ae0\u3092\u4e09\u884c\u4ee5\u5185\u3067\u8981\u7d04\u3057\u3066\u304f\u3060\u3055\u3044\u3002\u56fa\u6709\u540d\u8a5e\u3068\u91d1\u984d\u306f\u305d\u306e\u307e\u307e\u6b8b\u3057\u3001\u6328\u62f6\u306f\u7701\u3044\u3066\u304f\u3060\u3055\u3044\u3002\u610f\u898b\u304c\u5206\u304b\u308c\u305f\u5834\u5408\u306f\u4e21\u65b9\u306e\u7acb\u5834\u3092\u66f8\u3044\u3066\u304f\u3060\u3055\u3044\u3002",
        "\ub2f9\uc2e0\uc740 \uc790\uc804\uac70 \uac00\uac8c\uc758 \uc0c1\ub2f4\uc6d0\uc785\ub2c8\ub2e4. \uc9e7\uace0 \uce5c\uc808\ud558\uac8c \ub300\ub2f5\ud558\uace0 \ud658\ubd88\uc744 \uc57d\uc18d\ud558\uc9c0 \ub9c8\uc138\uc694. \ud655\uc2e4\ud558\uc9c0 \uc54a\uc73c\uba74 \ub3d9\ub8cc\uc5d0\uac8c \uc804\ub2ec\ud558\uaca0\ub2e4\uace0 \ub9d0\ud558\uc138\uc694.",
        "\u5b63\u5ea6\u62a5\u544a\u663e\u793a\uff0c\u6536\u5165\u589e\u957f\u4e86\u767e\u5206\u4e4b\u5341\u4e8c\uff0c\u800c\u6210\u672c\u4fdd\u6301\u4e0d\u53d8\u3002\u5927\u90e8\u5206\u589e\u957f\u6765\u81ea\u8001\u5ba2\u6237\uff0c\u4ed6\u4eec\u7684\u5e73\u5747\u8ba2\u5355\u6bd4\u65b0\u5ba2\u6237\u5927\u4e09\u5206\u4e4b\u4e00\u3002\u6211\u4eec\u9884\u8ba1\u8fd9\u4e00\u8d8b\u52bf\u5c06\u6301\u7eed\u5230\u51ac\u5929\u3002",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Estimates_are_within_a_twelfth_of_the_real_count_on_average(string kind, string[] texts)
    {
        (int Estimate, int Real)[] counts = [.. texts.Select(text => (TokenEstimate.Count(text), O200k.CountTokens(text)))];

        double mean = counts.Average(count => Math.Abs(count.Estimate - count.Real) / (double)count.Real);

        Assert.True(mean < 0.08, $"{kind}: mean error {mean:P1}: {string.Join(", ", counts.Select(count => $"{count.Estimate} for {count.Real}"))}");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Nothing_is_no_token(string text) => Assert.Equal(0, TokenEstimate.Count(text));

    [Fact]
    public void Twice_the_text_is_about_twice_the_tokens() =>
        Assert.InRange(TokenEstimate.Count(English[0] + " " + English[0]), (2 * TokenEstimate.Count(English[0])) - 1, (2 * TokenEstimate.Count(English[0])) + 1);
}
