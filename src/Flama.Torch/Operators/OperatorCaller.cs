using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators;

/// <summary>Calls operators: chooses the overload by the arguments, computes in place where the name says so. Not thread-safe.</summary>
/// <param name="graph">The graph that is written.</param>
/// <param name="locate">Tells where the program is at this moment, for messages: "at …, line 7".</param>
internal sealed class OperatorCaller(GraphWriter graph, Func<string> locate)
{
    private static readonly OperatorTable Table = OperatorTable.Default;

    public string Place => locate();

    public static bool IsKnown(string name) => Table.Find(name) is not null || (FunctionalName(name) is { } functional && Table.Find(functional) is not null);

    /// <summary>Calls an operator.</summary>
    /// <param name="name">Its name, without the namespace.</param>
    /// <param name="positional">Arguments by position.</param>
    /// <param name="keywords">Arguments by name.</param>
    /// <exception cref="FlamaException">There is none of that name that takes these, or it cannot be lowered.</exception>
    public object? Call(string name, IReadOnlyList<object?> positional, IReadOnlyList<KeyValuePair<string, object?>> keywords)
    {
        if (Table.Find(name) is { } entries)
        {
            return Choose(name, entries, positional, keywords);
        }

        if (FunctionalName(name) is { } functional && Table.Find(functional) is { } others && positional is [Tensor self, ..])
        {
            var result = Choose(functional, others, positional, keywords) as Tensor ?? throw graph.Unknown($"aten::{name} {Place}");
            Write(self, result);
            return self;
        }

        throw graph.Unknown($"the operator aten::{SafeText.OneLine(name, 80)} {Place}");
    }

    /// <summary>Calls an operator whose arguments all have names, as those of exported programs.</summary>
    /// <param name="name">Its name, without the namespace.</param>
    /// <param name="named">The arguments; those at their defaults are left out.</param>
    /// <param name="isPositional">Which of them stand by position, for overloads that name them otherwise.</param>
    public object? CallByName(string name, IReadOnlyList<KeyValuePair<string, object?>> named, IReadOnlyList<bool> isPositional)
    {
        var functional = Table.Find(name) is null ? FunctionalName(name) : null;
        var entries = Table.Find(functional ?? name) ?? throw graph.Unknown($"the operator aten::{SafeText.OneLine(name, 80)} {Place}");
        object?[] positional = [.. named.Where((_, i) => isPositional[i]).Select(static argument => argument.Value)];
        KeyValuePair<string, object?>[] keywords = [.. named.Where((_, i) => !isPositional[i])];
        foreach (var entry in entries)
        {
            if (ArgumentBinding.Bind(entry.Schema, [], named) is { } bound)
            {
                return Finish(Lower(entry, new(functional ?? name, bound, graph, this)));
            }
        }

        return Finish(Choose(functional ?? name, entries, positional, keywords));

        object? Finish(object? result)
        {
            if (functional is null || named is not [{ Value: Tensor self }, ..] || result is not Tensor made)
            {
                return result;
            }

            Write(self, made);
            return self;
        }
    }

    /// <summary>Computes in place: the tensor holds the result from here on, in its own type and shape.</summary>
    public void Write(Tensor self, Tensor result)
    {
        RequireOwn(self.Scope);
        var value = result.Value;
        if (value.Type != self.Type)
        {
            value = ((Tensor)Call("_to", [result, (long)self.Type], [])!).Value;
        }

        self.Write(value.Shape.Length == self.Rank ? value : throw TorchErrors.Unsupported($"it computes in place {Place} with a result of another rank"));
    }

    /// <summary>Refuses to change what was made outside of a branch that may not be taken.</summary>
    public void RequireOwn(Scope made)
    {
        for (var scope = made; ; scope = scope.Outer)
        {
            if (ReferenceEquals(scope, graph.Scope))
            {
                return;
            }

            if (scope.Outer is null)
            {
                break;
            }
        }

        throw TorchErrors.Unsupported($"it changes a tensor, list or object in place {Place}, within a branch or loop that depends on what tensors hold");
    }

    /// <summary>A number of the interpreter, or what a tensor without dimensions is known to hold; null for other values.</summary>
    public object? Number(object? value) => value switch
    {
        long or double or bool or Sym => value,
        Tensor { Value.Scalar: { } scalar } => scalar,
        Tensor { Rank: 0 } tensor => Sym.Data(graph.Cast(graph.NameOf(tensor), tensor.Type, Widest(tensor.Type)), KindOf(tensor.Type)),
        _ => null,
    };

    /// <summary>The truth of a value; null where it depends on what tensors hold.</summary>
    public bool? Truth(object? value) => value switch
    {
        bool truth => truth,
        long whole => whole != 0,
        double number => number != 0,
        string text => text.Length > 0,
        Sym { Hint: not null } sym => (bool)SymMath.Apply("bool", graph.Guards.Decide(sym)),
        Sym => null,
        _ => throw TorchErrors.Invalid($"a truth value is expected {Place}"),
    };

    /// <summary>A whole number that has to be known; a length is fixed by a guard.</summary>
    public long Whole(object? value, string what) => Number(value) switch
    {
        long whole => whole,
        bool truth => truth ? 1 : 0,
        Sym { Hint: not null } sym when graph.Guards.Decide(sym) is long hint => hint,
        Sym => throw TorchErrors.Unsupported($"{what} {Place} depends on what tensors hold"),
        _ => throw TorchErrors.Invalid($"{what} {Place} is not a whole number"),
    };

    /// <summary>A number that has to be known.</summary>
    public double Known(object? value, string what) => Number(value) switch
    {
        Sym { Hint: not null } sym => SymMath.ToDouble(graph.Guards.Decide(sym)),
        Sym => throw TorchErrors.Unsupported($"{what} {Place} depends on what tensors hold"),
        { } number => SymMath.ToDouble(number),
        null => throw TorchErrors.Invalid($"{what} {Place} is not a number"),
    };

    private static TorchType Widest(TorchType type) => TorchTypes.IsFloating(type) ? TorchType.Double : type == TorchType.Bool ? TorchType.Bool : TorchType.Int64;

    private static Type KindOf(TorchType type) => TorchTypes.IsFloating(type) ? typeof(double) : type == TorchType.Bool ? typeof(bool) : typeof(long);

    private static string? FunctionalName(string name) => name.Length > 1 && name[^1] == '_' && name[^2] != '_' ? name[..^1] : null;

    private object? Lower(OperatorEntry entry, OperatorCall call)
    {
        try
        {
            return entry.Lower(call);
        }
        catch (MissingDimensionException exception)
        {
            throw TorchErrors.Input($"aten::{call.Operator} {Place}: {exception.Message}.");
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            // Operators count dimensions from those that they need; a call may come with fewer.
            throw TorchErrors.Input($"aten::{call.Operator} {Place}: its tensors have too few dimensions.");
        }
        catch (Exception exception) when (exception is OverflowException or DivideByZeroException)
        {
            // Numbers of the program, which may be any.
            throw new FlamaException(ErrorCodes.InvalidModel, $"The PyTorch model contradicts itself: the numbers of aten::{call.Operator} {Place} are not possible.", "Save the model again.", exception);
        }
    }

    private object? Choose(string name, IReadOnlyList<OperatorEntry> entries, IReadOnlyList<object?> positional, IReadOnlyList<KeyValuePair<string, object?>> keywords)
    {
        foreach (var entry in entries)
        {
            if (ArgumentBinding.Bind(entry.Schema, positional, keywords) is { } bound)
            {
                return Lower(entry, new(name, bound, graph, this));
            }
        }

        throw graph.Unknown($"aten::{name} {Place} is called in a way that");
    }
}
