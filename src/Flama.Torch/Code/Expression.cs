namespace Flama.Torch.Code;

/// <summary>An expression of serialized code. Immutable.</summary>
/// <param name="Line">The line of its file, from 1.</param>
internal abstract record Expression(int Line)
{
    /// <summary>A number, a text, True, False or None.</summary>
    public sealed record Constant(int Line, object? Value) : Expression(Line);

    /// <summary>A name.</summary>
    public sealed record Name(int Line, string Id) : Expression(Line);

    /// <summary><c>target.name</c>.</summary>
    public sealed record Member(int Line, Expression Target, string Id) : Expression(Line);

    /// <summary><c>target[index]</c>, also in types.</summary>
    public sealed record Item(int Line, Expression Target, Expression Index) : Expression(Line);

    /// <summary><c>callee(arguments, name=keyword)</c>.</summary>
    public sealed record Call(int Line, Expression Callee, IReadOnlyList<Expression> Arguments, IReadOnlyList<KeyValuePair<string, Expression>> Keywords) : Expression(Line);

    /// <summary><c>[a, b]</c>.</summary>
    public sealed record List(int Line, IReadOnlyList<Expression> Items) : Expression(Line);

    /// <summary><c>(a, b)</c>.</summary>
    public sealed record Tuple(int Line, IReadOnlyList<Expression> Items) : Expression(Line);

    /// <summary><c>{a: b}</c>.</summary>
    public sealed record Dict(int Line, IReadOnlyList<KeyValuePair<Expression, Expression>> Items) : Expression(Line);
}
