namespace Flama.Torch.Code;

/// <summary>A statement of serialized code. Immutable.</summary>
/// <param name="Line">The line of its file, from 1.</param>
internal abstract record Statement(int Line)
{
    /// <summary><c>a = value</c>, <c>a, b, = value</c>, <c>self.a = value</c>.</summary>
    public sealed record Assign(int Line, IReadOnlyList<Expression> Targets, bool Unpacks, Expression Value) : Statement(Line);

    /// <summary>An expression for what it does.</summary>
    public sealed record Evaluate(int Line, Expression Value) : Statement(Line);

    /// <summary><c>if condition:</c>.</summary>
    public sealed record If(int Line, Expression Condition, IReadOnlyList<Statement> Then, IReadOnlyList<Statement> Else) : Statement(Line);

    /// <summary><c>for variable in range(count):</c>.</summary>
    public sealed record For(int Line, string Variable, Expression Count, IReadOnlyList<Statement> Body) : Statement(Line);

    /// <summary><c>while condition:</c>.</summary>
    public sealed record While(int Line, Expression Condition, IReadOnlyList<Statement> Body) : Statement(Line);

    /// <summary><c>return value</c>.</summary>
    public sealed record Return(int Line, Expression? Value) : Statement(Line);
}
