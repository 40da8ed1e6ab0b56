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
        values = module.GetProperty("graph").GetProperty("tensor_values");
        var signature = module.GetProperty("signature");
        pending = new(signature.GetProperty("input_specs").EnumerateArray().Where(static spec => spec.TryGetProperty("user_input", out _) || spec.TryGetProperty("constant_input", out _)));
        var call = module.GetProperty("module_call_graph")[0].GetProperty("signature");
        var names = call.TryGetProperty("forward_arg_names", out var given) && given.ValueKind == JsonValueKind.Array ? given.EnumerateArray().Select(name => name.GetString()!).ToList() : [];
        using var taken = JsonDocument.Parse(call.GetProperty("in_spec").GetString()!);
        using var made = JsonDocument.Parse(call.GetProperty("out_spec").GetString()!);
        var arguments = taken.RootElement[1].GetProperty("children_spec");
        List<ProgramInput> inputs = [.. arguments[0].GetProperty("children_spec").EnumerateArray().Select((child, i) => Input(i < names.Count ? names[i] : $"input_{i}", child))];
        var keywords = arguments[1];
        inputs.AddRange(Keys(keywords).Zip(keywords.GetProperty("children_spec").EnumerateArray(), Input));
        Inputs = inputs;
        Output = made.RootElement[1].Clone();
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
        var type = spec.GetProperty("type").GetString();
        if (type is null)
        {
            return results.TryDequeue(out var result) ? result : throw TorchErrors.Corrupt("it gives less than it says");
        }

        object?[] parts = [.. spec.GetProperty("children_spec").EnumerateArray().Select(child => Structured(child, results, scope))];
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
        var context = spec.GetProperty("context").GetString();
        if (context is null or "null")
        {
            return [];
        }

        using var keys = JsonDocument.Parse(context);
        return keys.RootElement.ValueKind == JsonValueKind.Array ? [.. keys.RootElement.EnumerateArray().Select(key => key.ToString())] : [];
    }

    private ProgramInput Input(string name, JsonElement spec)
    {
        var type = spec.GetProperty("type").GetString();
        if (type is null)
        {
            return Leaf(name, pending.TryDequeue(out var leaf) ? leaf : throw TorchErrors.Corrupt("it takes more than it says"));
        }

        var children = spec.GetProperty("children_spec").EnumerateArray();
        if (!type.EndsWith("dict", StringComparison.OrdinalIgnoreCase))
        {
            return new(name, InputKind.Tuple) { Parts = [.. children.Select((child, i) => Input($"{name}.{i}", child))] };
        }

        var keys = Keys(spec);
        return new(name, InputKind.Dict) { Keys = keys, Parts = [.. keys.Zip(children, (key, child) => Input($"{name}.{key}", child))] };
    }

    private ProgramInput Leaf(string name, JsonElement spec)
    {
        if (spec.TryGetProperty("constant_input", out var constant))
        {
            var kind = constant.GetProperty("value").EnumerateObject().First().Name switch
            {
                "as_int" => InputKind.Integer,
                "as_float" => InputKind.Float,
                "as_bool" => InputKind.Boolean,
                "as_string" => InputKind.Text,
                _ => InputKind.Other,
            };
            return new(name, kind) { IsOptional = true };
        }

        var argument = spec.GetProperty("user_input").GetProperty("arg");
        if (!argument.TryGetProperty("as_tensor", out var tensor))
        {
            return new(name, argument.TryGetProperty("as_sym_int", out _) ? InputKind.Integer : InputKind.Other);
        }

        var meta = values.GetProperty(tensor.GetProperty("name").GetString()!);
        List<long?> shape = [];
        List<long> example = [];
        List<string?> symbols = [];
        foreach (var size in meta.GetProperty("sizes").EnumerateArray())
        {
            var isKnown = size.TryGetProperty("as_int", out var length);
            shape.Add(isKnown ? length.GetInt64() : null);
            var expression = isKnown ? default : size.GetProperty("as_expr");
            example.Add(isKnown ? length.GetInt64() : expression.TryGetProperty("hint", out var hint) && hint.ValueKind == JsonValueKind.Object && hint.TryGetProperty("as_int", out var hinted) ? hinted.GetInt64() : 2);
            symbols.Add(!isKnown && expression.GetProperty("expr_str").GetString() is { } text && text.StartsWith("Symbol(", StringComparison.Ordinal) ? text : null);
        }

        Symbols[name] = [.. symbols];
        var type = TorchTypes.OfExport(meta.GetProperty("dtype").GetInt32()) ?? throw TorchErrors.Unsupported($"its input '{SafeText.OneLine(name, 60)}' is of a type that is not known");
        return new(name, InputKind.Tensor) { Type = type, Shape = shape, Example = example };
    }
}
