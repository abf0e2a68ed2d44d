using Microsoft.Extensions.AI;

namespace Squiggles.Bad;

public sealed class LongPrompts(IChatClient client)
{
    private const string Handbook = "We sell bicycles, spare parts and clothes. We deliver within three days, at weekends too. A parcel that was damaged is replaced free of charge, but only when it is reported within a week. Used goods can't be returned. Vouchers are valid for three years. Repairs take up to ten days. Whoever asks about a repair needs its number. Whoever asks about an invoice gets it by e-mail. Complaints are answered by a person, always. Prices include taxes. Discounts can't be combined. Our shop is closed on Sundays and on public holidays.";

    public async Task<string> AnswerAsync(string question) =>
        (await client.GetResponseAsync(Handbook + question, new ChatOptions { MaxOutputTokens = 100 })).Text;
}
