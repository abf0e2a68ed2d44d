namespace SupportDesk.Tests;

public sealed class TriageTests(ProviderFixture provider)
{
    private readonly Triage _triage = new(provider.Clients.Chat);

    [Fact]
    public async Task A_double_charge_is_a_billing_ticket_of_normal_priority()
    {
        var ticket = new Ticket("T-1", "acme", "Charged twice", "Our card was charged twice for one invoice.");

        var result = await _triage.ClassifyAsync(ticket, TestContext.Current.CancellationToken);

        Assert.Equal(new TriageResult(TicketCategory.Billing, TicketPriority.Normal), result);
    }

    [Fact]
    public async Task A_customer_who_is_locked_out_is_urgent()
    {
        var ticket = new Ticket("T-2", "borealis", "Locked out", "My account is locked and I need my password reset, this is urgent.");

        var result = await _triage.ClassifyAsync(ticket, TestContext.Current.CancellationToken);

        Assert.Equal(new TriageResult(TicketCategory.Account, TicketPriority.Urgent), result);
    }

    [Fact]
    public async Task A_wish_that_fits_no_category_can_wait()
    {
        var ticket = new Ticket("T-3", "cumulus", "Toolbar", "I wonder whether a violet highlighter could be added someday.");

        var result = await _triage.ClassifyAsync(ticket, TestContext.Current.CancellationToken);

        Assert.Equal(new TriageResult(TicketCategory.Other, TicketPriority.Low), result);
    }
}
