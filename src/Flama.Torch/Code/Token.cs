namespace Flama.Torch.Code;

/// <summary>A token of serialized code.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Line);
