namespace Flama.Torch.Code;

/// <summary>A parameter of a function.</summary>
internal sealed record Parameter(string Name, Expression? Type, Expression? Default);
