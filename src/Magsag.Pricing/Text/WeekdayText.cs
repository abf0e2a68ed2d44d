using Magsag.Pricing.Listings;

namespace Magsag.Pricing.Text;

/// <summary>Days of the week as text: <c>mon-fri</c>, <c>sat,sun</c>.</summary>
internal static class WeekdayText
{
    private static readonly string[] Names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    // Weeks begin on Monday where they are printed.
    private static readonly int[] Order = [1, 2, 3, 4, 5, 6, 0];

    public static Weekdays? Parse(string text)
    {
        Weekdays days = 0;
        foreach (string part in text.ToLowerInvariant().Split(','))
        {
            string[] ends = part.Split('-');
            int first = Array.IndexOf(Names, ends[0]);
            int last = Array.IndexOf(Names, ends[ends.Length - 1]);
            if (ends.Length > 2 || first < 0 || last < 0)
            {
                return null;
            }

            for (int day = first; day != last; day = (day + 1) % Names.Length)
            {
                days |= Bit(day);
            }

            days |= Bit(last);
        }

        return days;
    }

    public static string Print(Weekdays days)
    {
        var parts = new List<string>();
        for (int at = 0; at < Order.Length; at++)
        {
            int first = at;
            while (at < Order.Length && (days & Bit(Order[at])) != 0)
            {
                at++;
            }

            if (at > first)
            {
                parts.Add(at - first == 1 ? Names[Order[first]] : $"{Names[Order[first]]}{(at - first == 2 ? ',' : '-')}{Names[Order[at - 1]]}");
            }
        }

        return string.Join(",", parts);
    }

    private static Weekdays Bit(int day) => (Weekdays)(1 << day);
}
