using Flama.Torch.Code;

namespace Flama.Torch.Lowering;

/// <summary>An instance of a class of the program.</summary>
internal sealed class PythonObject(string className, Class? definition, Scope scope)
{
    public string ClassName { get; } = className;

    public Class? Definition { get; } = definition;

    public Dictionary<string, object?> Attributes { get; } = new(StringComparer.Ordinal);

    public Scope Scope { get; } = scope;
}
