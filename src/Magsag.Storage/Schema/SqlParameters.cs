using System.Data.Common;
using System.Globalization;

namespace Magsag.Storage.Schema;

/// <summary>The values of a statement: they never stand in its text.</summary>
internal sealed class SqlParameters
{
    private readonly List<object> _values = [];

    /// <summary>Adds a value and gives the name that stands for it.</summary>
    public string Add(object value)
    {
        _values.Add(value);
        return NameOf(_values.Count - 1);
    }

    public void ApplyTo(DbCommand command)
    {
        for (int index = 0; index < _values.Count; index++)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = NameOf(index);
            parameter.Value = _values[index];
            command.Parameters.Add(parameter);
        }
    }

    private static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"@p{index}");
}
