namespace Flama.Pickle;

/// <summary>The name under which Python finds a class or function: module and attribute.</summary>
/// <param name="Module">The module's dotted path, for example <c>sklearn.svm._classes</c>.</param>
/// <param name="Name">The name in the module, for example <c>SVC</c>.</param>
public sealed record GlobalName(string Module, string Name)
{
    /// <summary>Module and name with a dot between.</summary>
    public override string ToString() => $"{Module}.{Name}";
}
