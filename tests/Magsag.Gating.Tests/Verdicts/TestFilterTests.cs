namespace Magsag.Gating.Tests;

public sealed class TestFilterTests
{
    private const string Test = "Desk.Tests.BillingTests.A_bill_goes_to_billing";

    [Theory]
    [InlineData("A_bill", true)]
    [InlineData("a_BILL", true)]
    [InlineData("Slow", false)]
    [InlineData("FullyQualifiedName=Desk.Tests.BillingTests.A_bill_goes_to_billing", true)]
    [InlineData("FullyQualifiedName=Desk.Tests.BillingTests", false)]
    [InlineData("FullyQualifiedName=Desk.Tests.BillingTests.A_bill_goes_to_billing\\(1\\)", null)]
    [InlineData("FullyQualifiedName!=Desk.Tests.Other", true)]
    [InlineData("fullyqualifiedname~Billing", true)]
    [InlineData("FullyQualifiedName~Desk.Tests+BillingTests", true)]
    [InlineData("FullyQualifiedName!~Billing", false)]
    [InlineData("FullyQualifiedName ~ Billing", true)]
    [InlineData("Category=Fast", null)]
    [InlineData("Category!=Fast", null)]
    [InlineData("DisplayName~bill", null)]
    [InlineData("Category=Fast|FullyQualifiedName~Billing", true)]
    [InlineData("Category=Fast|FullyQualifiedName~Slow", null)]
    [InlineData("Category=Fast&FullyQualifiedName~Billing", null)]
    [InlineData("Category=Fast&FullyQualifiedName~Slow", false)]
    [InlineData("FullyQualifiedName~Slow|FullyQualifiedName~Billing&FullyQualifiedName~bill", true)]
    [InlineData("(FullyQualifiedName~Slow|FullyQualifiedName~Billing)&FullyQualifiedName~nothing", false)]
    [InlineData("((A_bill))", true)]
    [InlineData("A\\|bill", false)]
    [InlineData("(A_bill", null)]
    [InlineData("A_bill)", null)]
    [InlineData("A_bill&", null)]
    [InlineData("&", null)]
    [InlineData("\\", null)]
    public void A_filter_decides_by_the_name_of_a_test_and_knows_what_it_does_not_know(string filter, bool? included) =>
        Assert.Equal(included, TestFilter.Parse(filter).Includes(Test));
}
