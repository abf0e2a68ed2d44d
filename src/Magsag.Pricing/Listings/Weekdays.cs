namespace Magsag.Pricing.Listings;

/// <summary>Days of the week, as bits in the order of <see cref="DayOfWeek"/>.</summary>
[Flags]
internal enum Weekdays
{
    Sunday = 1,
    Monday = 2,
    Tuesday = 4,
    Wednesday = 8,
    Thursday = 16,
    Friday = 32,
    Saturday = 64,
    All = 127,
}
