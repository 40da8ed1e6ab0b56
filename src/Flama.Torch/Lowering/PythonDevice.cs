
namespace Flama.Torch.Lowering;

/// <summary>A place where tensors are; all are here.</summary>
internal sealed record PythonDevice(string Name);
