namespace Magsag.Analyzers;

/// <summary>The names without which code can't concern an SDK or a team's wrappers: they are compared before anything is bound.</summary>
internal sealed class SdkNames
{
    private readonly HashSet<string> _methods;
    private readonly HashSet<string> _modelTypes;
    private readonly HashSet<string> _modelMembers;

    public SdkNames(SdkTable[] tables, IEnumerable<string> wrappers)
    {
        ModelSite[] sites = [.. tables.SelectMany(static table => table.ModelSites)];
        LlmApi[] apis = [.. tables.SelectMany(static table => table.Apis)];
        _methods =
        [
            .. apis.SelectMany(static api => api.Methods),
            .. sites.Select(static site => site.Method).Where(static method => method != ModelSite.Constructor),
            .. tables.SelectMany(static table => table.ToolLoops).Select(static loop => loop.Method),
            .. wrappers,
        ];
        _modelTypes = [.. sites.Where(static site => site.Method == ModelSite.Constructor).Select(static site => site.Type.Substring(site.Type.LastIndexOf('.') + 1))];
        _modelMembers = [.. apis.Select(static api => api.ModelMember).OfType<string>()];
    }

    /// <summary>All of them.</summary>
    public IEnumerable<string> All => _methods.Concat(_modelTypes).Concat(_modelMembers);

    /// <summary>True for the name of a method that calls a model, names one or begins a loop of tool calls.</summary>
    public bool IsMethod(string name) => _methods.Contains(name);

    /// <summary>True for the name of a type whose constructor takes a model.</summary>
    public bool IsModelType(string? name) => name is not null && _modelTypes.Contains(name);

    /// <summary>True for the name of an options' member that names a model.</summary>
    public bool IsModelMember(string name) => _modelMembers.Contains(name);
}
