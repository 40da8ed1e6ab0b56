
namespace Flama.Torch.Lowering;

/// <summary>A qualified name: a function, a class, an operator.</summary>
internal sealed record PythonPath(string Name);
