namespace Flama.Torch.Code;

/// <summary>What one file defines.</summary>
internal sealed record Module(IReadOnlyDictionary<string, Class> Classes, IReadOnlyDictionary<string, Function> Functions);
