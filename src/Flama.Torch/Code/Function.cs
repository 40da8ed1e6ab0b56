namespace Flama.Torch.Code;

/// <summary>A function or method.</summary>
internal sealed record Function(string Name, string File, IReadOnlyList<Parameter> Parameters, Expression? Returns, IReadOnlyList<Statement> Body);
