namespace Magsag.Storage.Reconciling;

/// <summary>A day in UTC and a model: the finest grouping that providers' usage reports have.</summary>
internal readonly record struct DayModel(DateOnly Day, string? Model) : IComparable<DayModel>
{
    public int CompareTo(DayModel other)
    {
        int order = Day.CompareTo(other.Day);
        return order != 0 ? order : string.CompareOrdinal(Model, other.Model);
    }
}
