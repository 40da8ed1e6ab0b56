using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;
using Flama.Torch.Operators;

namespace Flama.Torch.Exported;

/// <summary>Walks the nodes of an exported graph and calls their operators.</summary>
internal sealed partial class GraphRunner
{
    private const string Aten = "torch.ops.aten.";

    private readonly GraphWriter graph;
    private readonly OperatorCaller caller;
    private readonly CancellationToken cancellationToken;
    private JsonElement current;

    public GraphRunner(GraphWriter graph, CancellationToken cancellationToken)
    {
        this.graph = graph;
        this.cancellationToken = cancellationToken;
        caller = new(graph, () => current.ValueKind == JsonValueKind.Undefined ? "" : $"(node {SafeText.OneLine(NameOf(current), 60)})");
    }

    public OperatorCaller Caller => caller;

    /// <summary>Runs a graph.</summary>
    /// <param name="body">The graph.</param>
    /// <param name="values">Its inputs by name; takes what its nodes make.</param>
    /// <returns>Its outputs.</returns>
    public IReadOnlyList<object?> Run(JsonElement body, Dictionary<string, object?> values)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var node in body.Field("nodes").Items())
        {
            cancellationToken.ThrowIfCancellationRequested();
            current = node;
            Keep(node.Field("outputs").Items(), Call(node, values), values);
        }

        return [.. body.Field("outputs").Items().Select(output => Argument(output, values))];
    }

    private static string NameOf(JsonElement node) => node.Has("name", out var name) && name.TextOrNull() is { Length: > 0 } text ? text : node.Field("target").TextOrNull() ?? "";

    private object? Call(JsonElement node, Dictionary<string, object?> values)
    {
        var target = node.Field("target").Text();
        var inputs = node.Field("inputs").Items().ToList();
        if (target.StartsWith(Aten, StringComparison.Ordinal))
        {
            var name = target[Aten.Length..];
            name = name[..Math.Max(0, name.IndexOf('.', StringComparison.Ordinal))];
            List<KeyValuePair<string, object?>> named = [.. inputs.Select(input => KeyValuePair.Create(input.Field("name").Text(), Argument(input.Field("arg"), values)))];
            return caller.CallByName(name, named, [.. inputs.Select(static input => !input.Has("kind", out var kind) || kind.Whole() == 1)]);
        }

        if (target.StartsWith("torch.ops.higher_order.", StringComparison.Ordinal))
        {
            return HigherOrder(target["torch.ops.higher_order.".Length..], inputs, values);
        }

        object[] numbers = [.. inputs.Select(input => caller.Number(Argument(input.Field("arg"), values)) ?? throw graph.Unknown($"the operator {SafeText.OneLine(target, 80)} {caller.Place}"))];
        return OnNumbers(target[(target.LastIndexOf('.') + 1)..], numbers) ?? throw graph.Unknown($"the operator {SafeText.OneLine(target, 80)} {caller.Place}");
    }

    private static object? OnNumbers(string name, object[] numbers) => (name, numbers) switch
    {
        ("add", [var a, var b]) => SymMath.Add(a, b),
        ("sub", [var a, var b]) => SymMath.Sub(a, b),
        ("mul", [var a, var b]) => SymMath.Mul(a, b),
        ("floordiv", [var a, var b]) => SymMath.FloorDiv(a, b),
        ("truediv", [_, _]) => SymMath.Apply("truediv", numbers),
        ("mod", [_, _]) => SymMath.Apply("mod", numbers),
        ("pow", [_, _]) => SymMath.Apply("pow", numbers),
        ("eq" or "ne" or "lt" or "le" or "gt" or "ge", [_, _]) => SymMath.Apply(name, numbers),
        ("and_", [_, _]) => SymMath.Apply("and", numbers),
        ("or_", [_, _]) => SymMath.Apply("or", numbers),
        ("sym_max" or "max", [_, _]) => SymMath.Apply("max", numbers),
        ("sym_min" or "min", [_, _]) => SymMath.Apply("min", numbers),
        ("neg", [_]) => SymMath.Apply("neg", numbers),
        ("ceil" or "floor", [_]) => SymMath.Apply(name, numbers),
        ("trunc" or "int", [_]) => SymMath.Apply("int", numbers),
        ("sym_float" or "float", [_]) => SymMath.Apply("float", numbers),
        ("sym_not" or "not_", [_]) => SymMath.Apply("not", numbers),
        ("sqrt" or "sym_sqrt", [_]) => SymMath.Apply("sqrt", numbers),
        ("round", [_]) => SymMath.Apply("round", numbers),
        _ => null,
    };

    private void Keep(IReadOnlyList<JsonElement> outputs, object? result, Dictionary<string, object?> values)
    {
        var count = outputs.Count;
        if (count == 1)
        {
            KeepOne(outputs[0], result, values);
            return;
        }

        var items = result switch
        {
            PythonTuple tuple => tuple.Items,
            PythonList list => list.Items,
            null when count == 0 => [],
            _ when count == 0 => [],
            _ => throw TorchErrors.Unsupported($"an operator {caller.Place} gives one result, not {count}"),
        };
        for (var i = 0; i < count && i < items.Count; i++)
        {
            KeepOne(outputs[i], items[i], values);
        }
    }

    private static void KeepOne(JsonElement output, object? value, Dictionary<string, object?> values)
    {
        var kind = output.Only();
        switch (kind.Key)
        {
            case "as_tensors":
                var items = (value as PythonList)?.Items ?? (value as PythonTuple)?.Items ?? [];
                var i = 0;
                foreach (var name in kind.Value.Items())
                {
                    values[name.Field("name").Text()] = i < items.Count ? items[i] : null;
                    i++;
                }

                break;
            case "as_tensor":
                values[kind.Value.Field("name").Text()] = value is PythonTuple { Items: [var first, ..] } ? first : value;
                break;
            case "as_none":
                break;
            default:
                if (kind.Value.ValueKind == JsonValueKind.Object && kind.Value.Has("as_name", out var symbol))
                {
                    values[symbol.Text()] = value;
                }

                break;
        }
    }

    private object? Argument(JsonElement argument, Dictionary<string, object?> values)
    {
        var kind = argument.Only();
        var content = kind.Value;
        return kind.Key switch
        {
            "as_none" or "as_layout" or "as_memory_format" => null,
            "as_tensor" => Named(content.Field("name"), values),
            "as_tensors" => List(content, item => Named(item.Field("name"), values)),
            "as_optional_tensors" or "as_optional_tensor" => List(content, item => Argument(item, values)),
            "as_int" => content.Whole(),
            "as_ints" => List(content, static item => item.Whole()),
            "as_float" => Float(content),
            "as_floats" => List(content, static item => (object?)Float(item)),
            "as_bool" => content.Truth(),
            "as_bools" => List(content, static item => item.Truth()),
            "as_string" => content.TextOrNull(),
            "as_scalar_type" => (long)(TorchTypes.OfExport(content.Whole()) ?? throw TorchErrors.Unsupported($"an operator {caller.Place} names a type that is not known")),
            "as_device" => new PythonDevice("cpu"),
            "as_sym_int" or "as_sym_bool" or "as_sym_float" => Symbolic(content, values),
            "as_sym_ints" => List(content, item => Symbolic(item, values)),
            "as_name" => Named(content, values),
            _ => throw TorchErrors.Unsupported($"an argument {caller.Place} is of the kind {SafeText.OneLine(kind.Key, 40)}"),
        };
    }

    private static double Float(JsonElement content) => content.ValueKind == JsonValueKind.String
        ? content.TextOrNull() switch
        {
            "Infinity" or "inf" => double.PositiveInfinity,
            "-Infinity" or "-inf" => double.NegativeInfinity,
            "NaN" or "nan" => double.NaN,
            var text => double.Parse(text!, CultureInfo.InvariantCulture),
        }
        : content.Number();

    private object? Symbolic(JsonElement content, Dictionary<string, object?> values) => content.Only() switch
    {
        { Key: "as_name" } name => Named(name.Value, values),
        { Key: "as_int" } number => number.Value.Whole(),
        { Key: "as_bool" } truth => truth.Value.Truth(),
        { Key: "as_float" } number => Float(number.Value),
        _ => throw TorchErrors.Unsupported($"an argument {caller.Place} is of an unknown kind"),
    };

    private PythonList List(JsonElement content, Func<JsonElement, object?> read) => new([.. content.Items().Select(read)], graph.Scope);

    private object? Named(JsonElement name, Dictionary<string, object?> values) =>
        values.TryGetValue(name.Text(), out var value) ? value : throw TorchErrors.Corrupt($"nothing makes '{SafeText.OneLine(name.Text(), 60)}', which is read {caller.Place}");
}
