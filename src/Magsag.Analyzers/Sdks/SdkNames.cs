namespace Magsag.Analyzers.Sdks;

/// <summary>The names without which code can't concern an SDK or a team's wrappers: they are compared before anything is bound.</summary>
internal sealed class SdkNames
{
    private readonly HashSet<string> _methods;
    private readonly HashSet<string> _typesWithModel;
    private readonly HashSet<string> _modelMembers;

    public SdkNames(SdkTable[] tables, IEnumerable<string> wrappers)
    {
        ModelParameter[] models = [.. tables.SelectMany(static table => table.ModelParameters)];
        LlmApi[] apis = [.. tables.SelectMany(static table => table.Apis)];
        Calls = [.. apis.SelectMany(static api => api.Methods), .. wrappers];
        _methods =
        [
            .. Calls,
            .. models.Select(static model => model.Method).Where(static method => method != ModelParameter.Constructor),
            .. tables.SelectMany(static table => table.ToolLoops).Select(static loop => loop.Method),
        ];
        _typesWithModel = [.. models.Where(static model => model.Method == ModelParameter.Constructor).Select(static model => GetLast(model.Type))];
        _modelMembers = [.. apis.Select(static api => api.ModelMember).OfType<string>(), .. tables.SelectMany(static table => table.ModelMembers).Select(GetLast)];
    }

    /// <summary>All of them.</summary>
    public IEnumerable<string> All => _methods.Concat(_typesWithModel).Concat(_modelMembers);

    /// <summary>The names of the methods that call a model.</summary>
    public HashSet<string> Calls { get; }

    /// <summary>The last part of a full name.</summary>
    public static string GetLast(string fullName) => fullName.Substring(fullName.LastIndexOf('.') + 1);

    /// <summary>True for the name of a method that calls a model, names one or begins a loop of tool calls.</summary>
    public bool IsMethod(string name) => _methods.Contains(name);

    /// <summary>True for the name of a type whose constructor takes a model.</summary>
    public bool IsTypeWithModel(string? name) => name is not null && _typesWithModel.Contains(name);

    /// <summary>True for the name of an options' member that names a model.</summary>
    public bool IsModelMember(string name) => _modelMembers.Contains(name);
}
