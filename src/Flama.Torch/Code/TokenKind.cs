namespace Flama.Torch.Code;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    Name,
    Number,
    Text,
    Symbol,
    NewLine,
    Indent,
    Dedent,
    End,
}
