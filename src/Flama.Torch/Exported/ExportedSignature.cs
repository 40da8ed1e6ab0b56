using System.Text.Json;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;
using Flama.Torch.Programs;

namespace Flama.Torch.Exported;

/// <summary>What an exported program takes and gives. Immutable.</summary>
internal sealed class ExportedSignature
{
    private readonly JsonElement values;
    private readonly Queue<JsonElement> pending;

    private ExportedSignature(JsonElement module)
    {
        values = module.Field("graph").Field("tensor_values");
        var signature = module.Field("signature");
        pending = new(signature.Field("input_specs").Items().Where(static spec => spec.Has("user_input") || spec.Has("constant_input")));
        var call = module.Field("module_call_graph").At(0).Field("signature");
        var names = call.Has("forward_arg_names", out var given) && given.ValueKind == JsonValueKind.Array ? given.Items().Select(name => name.Text()).ToList() : [];
        using var taken = JsonFields.Parse(call.Field("in_spec").Text());
        using var made = JsonFields.Parse(call.Field("out_spec").Text());
        var arguments = taken.RootElement.At(1).Field("children_spec");
        List<ProgramInput> inputs = [.. arguments.At(0).Field("children_spec").Items().Select((child, i) => Input(i < names.Count ? names[i] : $"input_{i}", child))];
        var keywords = arguments.At(1);
        inputs.AddRange(Keys(keywords).Zip(keywords.Field("children_spec").Items(), Input));
        Inputs = inputs;
        Output = made.RootElement.At(1).Clone();
    }

    public IReadOnlyList<ProgramInput> Inputs { get; }

    /// <summary>The structure of the answer.</summary>
    public JsonElement Output { get; }

    /// <summary>The symbols of the lengths of inputs by name of the array: null for a length that is known or computed.</summary>
    public Dictionary<string, string?[]> Symbols { get; } = new(StringComparer.Ordinal);

    public static ExportedSignature Read(JsonElement module) => new(module);

    /// <summary>Puts what a program gives into the structure that it is to have.</summary>
    public object? Structured(Queue<object?> results, Scope scope) => Structured(Output, results, scope);

    private static object? Structured(JsonElement spec, Queue<object?> results, Scope scope)
    {
        var type = spec.Field("type").TextOrNull();
        if (type is null)
        {
            return results.TryDequeue(out var result) ? result : throw TorchErrors.Corrupt("it gives less than it says");
        }

        object?[] parts = [.. spec.Field("children_spec").Items().Select(child => Structured(child, results, scope))];
        if (!type.EndsWith("dict", StringComparison.OrdinalIgnoreCase))
        {
            return type.EndsWith("list", StringComparison.Ordinal) ? new PythonList([.. parts], scope) : new PythonTuple(parts);
        }

        PythonDict dict = new(scope);
        foreach (var (key, part) in Keys(spec).Zip(parts))
        {
            dict.Items[key] = part;
        }

        return dict;
    }

    private static List<string> Keys(JsonElement spec)
    {
        var context = spec.Field("context").TextOrNull();
        if (context is null or "null")
        {
            return [];
        }

        using var keys = JsonFields.Parse(context);
        return keys.RootElement.ValueKind == JsonValueKind.Array ? [.. keys.RootElement.Items().Select(key => key.ToString())] : [];
    }

    private ProgramInput Input(string name, JsonElement spec)
    {
        var type = spec.Field("type").TextOrNull();
        if (type is null)
        {
            return Leaf(name, pending.TryDequeue(out var leaf) ? leaf : throw TorchErrors.Corrupt("it takes more than it says"));
        }

        var children = spec.Field("children_spec").Items();
        if (!type.EndsWith("dict", StringComparison.OrdinalIgnoreCase))
        {
            return new(name, InputKind.Tuple) { Parts = [.. children.Select((child, i) => Input($"{name}.{i}", child))] };
        }

        var keys = Keys(spec);
        return new(name, InputKind.Dict) { Keys = keys, Parts = [.. keys.Zip(children, (key, child) => Input($"{name}.{key}", child))] };
    }

    private ProgramInput Leaf(string name, JsonElement spec)
    {
        if (spec.Has("constant_input", out var constant))
        {
            var kind = constant.Field("value").Only().Key switch
            {
                "as_int" => InputKind.Integer,
                "as_float" => InputKind.Float,
                "as_bool" => InputKind.Boolean,
                "as_string" => InputKind.Text,
                _ => InputKind.Other,
            };
            return new(name, kind) { IsOptional = true };
        }

        var argument = spec.Field("user_input").Field("arg");
        if (!argument.Has("as_tensor", out var tensor))
        {
            return new(name, argument.Has("as_sym_int") ? InputKind.Integer : InputKind.Other);
        }

        var meta = values.Field(tensor.Field("name").Text());
        List<long?> shape = [];
        List<long> example = [];
        List<string?> symbols = [];
        foreach (var size in meta.Field("sizes").Items())
        {
            var isKnown = size.Has("as_int", out var length);
            shape.Add(isKnown ? LengthOf(length) : null);
            var expression = isKnown ? default : size.Field("as_expr");
            example.Add(isKnown ? LengthOf(length) : expression.Has("hint", out var hint) && hint.ValueKind == JsonValueKind.Object && hint.Has("as_int", out var hinted) ? LengthOf(hinted) : 2);
            symbols.Add(!isKnown && expression.Field("expr_str").TextOrNull() is { } text && text.StartsWith("Symbol(", StringComparison.Ordinal) ? text : null);
        }

        Symbols[name] = [.. symbols];
        var type = TorchTypes.OfExport(meta.Field("dtype").Whole()) ?? throw TorchErrors.Unsupported($"its input '{SafeText.OneLine(name, 60)}' is of a type that is not known");
        return new(name, InputKind.Tensor) { Type = type, Shape = shape, Example = example };
    }

    private static long LengthOf(JsonElement length) => length.Whole() is var whole && whole >= 0 ? whole : throw JsonFields.Problem("a length is negative");
}
